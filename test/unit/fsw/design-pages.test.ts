// The generated parts of the design pages are those of the declarations. UPDATE_GOLDEN=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UplinkMonitor } from '../../../src/fsw/uplink-monitor/declaration.ts';
import { aboard } from '../../../src/orbiter/instances.ts';
import { withGenerated } from '../../support/design-page.ts';

const pages = {
  'command-dispatcher': aboard.dispatcher,
  'connection-test': aboard.connectionTest,
  'event-log': aboard.eventLog,
  'frame-multiplexer': aboard.frames,
  health: aboard.health,
  housekeeping: aboard.housekeeping,
  'parameter-store': aboard.parameters,
  'rate-groups': aboard.rateOneHz,
  'tc-receiver': aboard.tcReceiver,
  'telemetry-packetizer': aboard.packetizer,
  timekeeper: aboard.timekeeper,
  'uplink-monitor': { declared: UplinkMonitor },
} as const;

describe('design pages', () => {
  it.each(Object.entries(pages))('%s has the ports of its declaration', (folder, { declared }) => {
    const path = fileURLToPath(new URL(`../../../src/fsw/${folder}/sdd.md`, import.meta.url));
    const page = readFileSync(path, 'utf8');
    const wanted = withGenerated(page, declared);
    expect(page).toContain('<!-- ports -->');
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, wanted);
    else expect(page).toBe(wanted);
  });
});
