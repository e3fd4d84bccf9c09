// The operator's desk: the one place where a session enters the graph. Every request is a message into `request`, so
// that it is stamped, logged and replayed like the input of any device.
import { channel, declare, inlet, outlet } from '../../kernel/declare.ts';
import { u32 } from '../../kernel/field.ts';
import type { EventRecord } from '../../kernel/topology.ts';
import type { ArchiveQuery } from '../archive/declaration.ts';
import type { UplinkRequest } from '../uplink/request.ts';

export type DeskRequest =
  | { readonly type: 'uplink'; readonly request: UplinkRequest }
  /** Training: so many of the next CLTUs are radiated into nowhere. */
  | { readonly type: 'loseNext'; readonly count: number }
  | { readonly type: 'query'; readonly query: ArchiveQuery };

export const Desk = declare('Desk', {
  inlets: {
    request: inlet<DeskRequest>({ depth: 256, full: 'dropNewest' }),
    /** Events of the ground's own components. */
    event: inlet<EventRecord>({ depth: 256, full: 'dropOldest' }),
  },
  outlets: {
    uplink: outlet<UplinkRequest>(),
    loseNext: outlet<number>(),
    query: outlet<ArchiveQuery>(),
    alert: outlet<EventRecord>(),
  },
  channels: { requests: channel(0, u32()), alerts: channel(1, u32()) },
});
