// Who is aboard: names, and the bases of their ids. A base is given once and never to another instance, because the
// ground keeps recordings by absolute id.
import { CommandDispatcher } from '../fsw/command-dispatcher/declaration.ts';
import { ConnectionTest } from '../fsw/connection-test/declaration.ts';
import { EventLog } from '../fsw/event-log/declaration.ts';
import { FrameMultiplexer } from '../fsw/frame-multiplexer/declaration.ts';
import { Health } from '../fsw/health/declaration.ts';
import { Housekeeping } from '../fsw/housekeeping/declaration.ts';
import { ParameterStore } from '../fsw/parameter-store/declaration.ts';
import { RateGroup } from '../fsw/rate-groups/declaration.ts';
import { TcReceiver } from '../fsw/tc-receiver/declaration.ts';
import { TelemetryPacketizer } from '../fsw/telemetry-packetizer/declaration.ts';
import { Timekeeper } from '../fsw/timekeeper/declaration.ts';
import { Oscillator } from '../hal/oscillator.ts';
import { SpaceLink } from '../hal/space-link.ts';

export const aboard = {
  radio: { base: 0x0100, declared: SpaceLink },
  oscillator: { base: 0x0200, declared: Oscillator },
  rateTenHz: { base: 0x0300, declared: RateGroup },
  rateOneHz: { base: 0x0400, declared: RateGroup },
  rateTenthHz: { base: 0x0500, declared: RateGroup },
  timekeeper: { base: 0x0600, declared: Timekeeper },
  tcReceiver: { base: 0x0700, declared: TcReceiver },
  dispatcher: { base: 0x0800, declared: CommandDispatcher },
  eventLog: { base: 0x0900, declared: EventLog },
  housekeeping: { base: 0x0a00, declared: Housekeeping },
  parameters: { base: 0x0b00, declared: ParameterStore },
  connectionTest: { base: 0x0c00, declared: ConnectionTest },
  health: { base: 0x0d00, declared: Health },
  packetizer: { base: 0x0e00, declared: TelemetryPacketizer },
  frames: { base: 0x0f00, declared: FrameMultiplexer },
} as const;
