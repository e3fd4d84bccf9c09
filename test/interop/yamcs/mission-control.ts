// What an operator does with Yamcs, in the words of its interface: look at links and parameters, send commands and
// follow them, and drive COP-1 on the one command channel.
import { INSTANCE } from './configuration.ts';
import type { YamcsServer } from './server.ts';

export interface Link {
  readonly name: string;
  readonly status: string;
  readonly dataInCount?: string;
  readonly dataOutCount?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface Cop1Status {
  readonly state: string;
  readonly cop1Active: boolean;
  readonly vS: number;
  readonly nnR: number;
  readonly waitQueueNumTC?: number;
  readonly sentQueueNumFrames?: number;
}

export interface ServerEvent {
  readonly source: string;
  readonly type: string;
  readonly message: string;
  readonly severity: string;
}

export type Initialization =
  | { readonly type: 'WITH_CLCW_CHECK'; readonly clcwCheckInitializeTimeout: number }
  | { readonly type: 'WITHOUT_CLCW_CHECK' }
  | { readonly type: 'UNLOCK' }
  | { readonly type: 'SET_VR'; readonly vR: number };

type YamcsValue = Readonly<Record<string, unknown>> & { readonly type: string };

/** A tagged value of the interface: the member that is not its type, 64-bit integers as numbers. */
const plain = (value: YamcsValue | undefined): unknown => {
  const [name, held] = Object.entries(value ?? {}).find(([key]) => key !== 'type') ?? [];
  return name?.includes('64') ? Number(held) : held;
};

export class MissionControl {
  readonly #server: YamcsServer;
  readonly #channel = 'tc.vc0';

  constructor(server: YamcsServer) {
    this.#server = server;
  }

  async links(): Promise<readonly Link[]> {
    return (await this.#server.get<{ links: Link[] }>(`/links/${INSTANCE}`)).links;
  }

  /** The value as calibrated, or undefined while none has come. */
  async parameter(system: string, name: string): Promise<unknown> {
    const path = `/processors/${INSTANCE}/realtime/parameters/${system}/${name}`;
    return plain((await this.#server.get<{ engValue?: YamcsValue }>(path)).engValue);
  }

  /** Returns the id of the command in the history. `bypass` sends it outside sequence control. */
  async issue(system: string, name: string, args: Readonly<Record<string, unknown>>, bypass = false): Promise<string> {
    const extra = bypass ? { extra: { cop1Bypass: { type: 'BOOLEAN', booleanValue: true } } } : {};
    const path = `/processors/${INSTANCE}/realtime/commands/${system}/${name}`;
    return (await this.#server.post<{ id: string }>(path, { args, ...extra })).id;
  }

  /** All that the history knows of a command, e.g. `Verifier_Complete_Status`: `OK`. */
  async history(id: string): Promise<Readonly<Record<string, unknown>>> {
    const path = `/archive/${INSTANCE}/commands/${encodeURIComponent(id)}`;
    const { attr = [] } = await this.#server.get<{ attr?: { name: string; value: YamcsValue }[] }>(path);
    return Object.fromEntries(attr.map(({ name, value }) => [name, plain(value)]));
  }

  /** What the server itself has to say, newest first. */
  async events(): Promise<readonly ServerEvent[]> {
    return (await this.#server.get<{ event?: ServerEvent[] }>(`/archive/${INSTANCE}/events`)).event ?? [];
  }

  /** Another key of 32 octets for an association of a link; the server keeps it only while it runs. */
  setKey(link: 'tm' | 'tc', spi: number, key: Uint8Array): Promise<void> {
    return this.#server.put(`/sdls/${INSTANCE}/${link}/${spi}/key`, key);
  }

  status(): Promise<Cop1Status> {
    return this.#server.get<Cop1Status>(`/cop1/${INSTANCE}/${this.#channel}/status`);
  }

  async initialize(how: Initialization): Promise<void> {
    await this.#server.post(`/cop1/${INSTANCE}/${this.#channel}:initialize`, how);
  }

  async disable(): Promise<void> {
    await this.#server.post(`/cop1/${INSTANCE}/${this.#channel}:disable`);
  }

  async resume(): Promise<void> {
    await this.#server.post(`/cop1/${INSTANCE}/${this.#channel}:resume`);
  }
}
