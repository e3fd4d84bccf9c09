// From the declarations of instances to one dictionary with absolute ids. A contradiction is our own mistake and
// throws, naming both owners.
import { assert, integerIn } from '../codec/assert.ts';
import { type Declared, resetEvent } from '../kernel/declare.ts';
import type {
  Catalogue,
  ChannelEntry,
  CommandEntry,
  Dictionary,
  EventEntry,
  ParamEntry,
  StructureEntry,
} from './dictionary.ts';

/** An instance as the topology places it. */
export interface Placed {
  readonly instance: string;
  /** Added to every declared id; a multiple of 256, unique. */
  readonly base: number;
  readonly declared: Declared;
  /** Initial values of parameters that take the place of the declared ones. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** What of a topology the dictionary needs. */
export interface PlacedInstances {
  readonly instances: Readonly<
    Record<string, Omit<Placed, 'instance' | 'declared'> & { readonly component: { readonly declared: Declared } }>
  >;
}

const IDS_PER_INSTANCE = 0x100;

const catalogue = <E extends { readonly name: string }>(
  kind: string,
  entries: readonly E[],
  idOf: (entry: E) => number,
): Catalogue<E> => {
  const all = [...entries].sort((a, b) => idOf(a) - idOf(b));
  const byId = new Map<number, E>();
  const byName = new Map<string, E>();
  for (const entry of all) {
    const id = idOf(entry);
    const other = byId.get(id);
    assert(!other, `dictionary: expected unique ${kind} ids, got ${id} for ${other?.name} and ${entry.name}`);
    assert(!byName.has(entry.name), `dictionary: expected unique ${kind} names, got ${entry.name} twice`);
    byId.set(id, entry);
    byName.set(entry.name, entry);
  }
  return { all, byId: (id) => byId.get(id), byName: (name) => byName.get(name) };
};

const absolute = (placed: Placed, kind: string, name: string, id: number): number => {
  integerIn(`${placed.instance}.${name}: ${kind} id`, id, 0, IDS_PER_INSTANCE - 1);
  return placed.base + id;
};

const commandsOf = (placed: Placed): CommandEntry[] =>
  Object.entries(placed.declared.shape.commands ?? {}).map(([name, { opcode, fields, withinUs, standard, doc }]) => ({
    name: `${placed.instance}.${name}`,
    instance: placed.instance,
    command: name,
    id: absolute(placed, 'command', name, opcode),
    fields,
    withinUs,
    ...(standard && { standard }),
    ...(doc !== undefined && { doc }),
  }));

const eventsOf = (placed: Placed): EventEntry[] =>
  Object.entries({ ...placed.declared.shape.events, reset: resetEvent }).map(([name, declared]) => ({
    name: `${placed.instance}.${name}`,
    instance: placed.instance,
    event: name,
    id: absolute(placed, 'event', name, declared.id),
    severity: declared.severity,
    fields: declared.fields,
    format: declared.format,
    ...(declared.throttle && { throttle: declared.throttle }),
  }));

const channelsOf = (placed: Placed): ChannelEntry[] =>
  Object.entries(placed.declared.shape.channels ?? {}).map(([name, { id, field }]) => ({
    name: `${placed.instance}.${name}`,
    instance: placed.instance,
    channel: name,
    id: absolute(placed, 'channel', name, id),
    field,
  }));

const paramsOf = (placed: Placed): ParamEntry[] =>
  Object.entries(placed.declared.shape.params ?? {}).map(([name, { id, field, initial }]) => ({
    name: `${placed.instance}.${name}`,
    instance: placed.instance,
    param: name,
    id: absolute(placed, 'param', name, id),
    field,
    initial: placed.params?.[name] ?? initial,
  }));

const checkPlaces = (placed: readonly Placed[]): void => {
  const owners = new Map<number, string>();
  for (const { instance, base } of placed) {
    integerIn(`${instance}: base`, base, 0, 0xff00);
    assert(base % IDS_PER_INSTANCE === 0, `${instance}: expected a base that is a multiple of 256, got ${base}`);
    const other = owners.get(base);
    assert(other === undefined, `dictionary: expected unique bases, got ${base} for ${other} and ${instance}`);
    owners.set(base, instance);
  }
};

const checkStructures = (structures: readonly StructureEntry[], channels: Catalogue<ChannelEntry>): void => {
  for (const { name, channels: names } of structures) {
    assert(names.length > 0 && names.length <= 255, `structure ${name}: expected 1..255 channels, got ${names.length}`);
    for (const channel of names)
      assert(channels.byName(channel) !== undefined, `structure ${name}: expected a channel, got ${channel}`);
  }
};

const servicesOf = (commands: readonly CommandEntry[]): ReadonlyMap<number, CommandEntry> => {
  const services = new Map<number, CommandEntry>();
  for (const entry of commands) {
    if (!entry.standard) continue;
    const { service, subtype } = entry.standard;
    const key = service * 256 + subtype;
    const other = services.get(key);
    assert(!other, `dictionary: expected one command for (${service},${subtype}), got ${other?.name}, ${entry.name}`);
    services.set(key, entry);
  }
  return services;
};

/** Throws on ids, names, bases or services that are not unique, and on structures of unknown channels. */
export const assemble = (placed: readonly Placed[], structures: readonly StructureEntry[] = []): Dictionary => {
  checkPlaces(placed);
  const idOf = (entry: { readonly id: number }): number => entry.id;
  const commands = catalogue('command', placed.flatMap(commandsOf), idOf);
  const channels = catalogue('channel', placed.flatMap(channelsOf), idOf);
  const services = servicesOf(commands.all);
  checkStructures(structures, channels);
  return {
    commands,
    events: catalogue('event', placed.flatMap(eventsOf), idOf),
    channels,
    params: catalogue('param', placed.flatMap(paramsOf), idOf),
    structures: catalogue('structure', structures, (entry) => entry.sid),
    commandOfService: (service, subtype) => services.get(service * 256 + subtype),
  };
};

/** The dictionary of one topology: its instances keep the names and bases that its page gives them. */
export const assembleTopology = (topology: PlacedInstances, structures: readonly StructureEntry[] = []): Dictionary =>
  assemble(
    Object.entries(topology.instances).map(([instance, { base, component, params }]) => ({
      instance,
      base,
      declared: component.declared,
      ...(params && { params }),
    })),
    structures,
  );
