// The orbiter with whatever stands before its antenna: a link of the host, and the light time on the way to it.
import { simulatedByteLink } from '../../src/devices/sim/byte-link.ts';
import { type OscillatorFaults, oscillator } from '../../src/devices/sim/oscillator.ts';
import { compose, edge, instance, topology } from '../../src/kernel/topology.ts';
import { type OrbiterOptions, orbiter } from '../../src/orbiter/topology.ts';
import { lightTime } from '../../src/world/light-time.ts';
import { type Link, linkPage } from '../live-run.ts';

export interface ComposeOptions extends Omit<OrbiterOptions, 'radio' | 'oscillator'> {
  /** Brings telecommand octets; frames leave by it too, unless `downlink` is another. */
  readonly uplink: Link;
  readonly downlink?: Link;
  /** One way; 0: units arrive in the instant in which they are sent. */
  readonly lightTimeUs: number;
  readonly clock?: Partial<OscillatorFaults>;
}

/** The instance names are `orbiter/...`, `sky/lightTime`, `uplink/link` and, if there is one, `downlink/link`. */
export const orbiterOnLinks = ({ uplink, downlink, lightTimeUs, clock = {}, ...options }: ComposeOptions) => {
  const space = {
    orbiter: orbiter({ ...options, radio: simulatedByteLink(), oscillator: oscillator(clock) }),
    sky: topology({ lightTime: instance(lightTime({ oneWayUs: lightTimeUs }), { base: 0x0100 }) }, () => ({})),
    uplink: linkPage(uplink),
  };
  if (downlink === undefined)
    return compose(space, ({ orbiter: { radio, tcReceiver }, sky: { lightTime: way }, uplink: { link } }) => ({
      sky: [
        edge(link.out.received, way.in.fromGround),
        edge(way.out.toOrbiter, radio.in.fromSpace),
        edge(radio.out.toSpace, way.in.fromOrbiter),
        edge(way.out.toGround, link.in.transmit),
        edge(link.out.status, tcReceiver.in.link),
      ],
    }));
  return compose({ ...space, downlink: linkPage(downlink) }, (parts) => {
    const {
      orbiter: { radio, tcReceiver },
      sky: { lightTime: way },
      uplink: { link },
      downlink: down,
    } = parts;
    return {
      sky: [
        edge(link.out.received, way.in.fromGround),
        edge(way.out.toOrbiter, radio.in.fromSpace),
        edge(radio.out.toSpace, way.in.fromOrbiter),
        edge(way.out.toGround, down.link.in.transmit),
        edge(link.out.status, tcReceiver.in.link),
      ],
    };
  });
};
