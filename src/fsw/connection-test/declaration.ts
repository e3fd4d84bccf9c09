// The test service, ECSS-E-ST-70-41C (PUS-C) 6.17: is anybody there, and can this process reach that one. See sdd.md.
import { channel, command, declare, outlet } from '../../kernel/declare.ts';
import { u16, u32 } from '../../kernel/field.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

export const ConnectionTest = declare('ConnectionTest', {
  outlets: { report: outlet<TelemetryMessage>() },
  commands: {
    AreYouAlive: command(0, {}, { standard: { service: 17, subtype: 1 }, doc: 'answered by TM(17,2)' }),
    TestConnection: command(
      1,
      { apid: u16({ max: 2046, doc: 'application process to reach' }) },
      { standard: { service: 17, subtype: 3 }, doc: 'answered by TM(17,4)' },
    ),
  },
  channels: {
    alive: channel(0, u32({ doc: 'are-you-alive requests answered' })),
    connections: channel(1, u32({ doc: 'connection tests passed' })),
    failures: channel(2, u32({ doc: 'connection tests of a process that is not aboard' })),
  },
});
