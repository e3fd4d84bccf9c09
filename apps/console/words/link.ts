// Words of the uplink: the directives of FOP-1, raw octets past it, and losses for training.
import type { DirectiveName } from '../../../src/ccsds/cop1/fop1-events.ts';
import { crc16 } from '../../../src/codec/crc16.ts';
import { fromHex } from '../../../src/codec/hex.ts';
import type { Sent } from '../../../src/ground/session.ts';
import { type Answer, type Desk, done, refused, type Word } from '../desk.ts';
import { durationUs } from '../duration.ts';
import { startingWith } from '../pattern.ts';
import { spanText } from '../time-text.ts';

type Range = { readonly minimum: number; readonly maximum: number };
const octet: Range = { minimum: 0, maximum: 255 };

const starts: Readonly<Record<string, DirectiveName>> = {
  ad: 'initiateAdWithoutClcwCheck',
  clcw: 'initiateAdWithClcwCheck',
  unlock: 'initiateAdWithUnlock',
  setvr: 'initiateAdWithSetVr',
};

const settings: Readonly<Record<string, readonly [DirectiveName, Range]>> = {
  k: ['setWindowWidth', { minimum: 1, maximum: 255 }],
  vs: ['setVs', octet],
  limit: ['setTransmissionLimit', { minimum: 1, maximum: 255 }],
  timeout: ['setTimeoutType', { minimum: 0, maximum: 1 }],
};

const number = (text: string | undefined, { minimum, maximum }: Range): number | undefined => {
  const value = text !== undefined && /^(\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : Number.NaN;
  return value >= minimum && value <= maximum ? value : undefined;
};

const direct = (desk: Desk, name: DirectiveName, value?: number): Answer => {
  const sent = desk.session.direct(name, value);
  return sent.ok ? done() : refused(`link: ${sent.reason}`);
};

/** In exact seconds, as `link set t1` takes them. */
const stateText = (name: string, value: unknown): string =>
  name === 'uplink.timerInitialUs' ? `${Number(value) / 1e6} s` : String(value);

const linkState = ({ session, style, host }: Desk): Answer => {
  const all = session.statistics();
  const shown = Object.entries(all).filter(([name]) => /^(uplink|station)\./.test(name));
  const slipped = host === undefined ? [] : [['host.slipped', spanText(host.slippedUs)]];
  return done(
    ...[...shown, ...slipped].map(([name = '', value]) => `${style.name(name.padEnd(30))}${stateText(name, value)}`),
  );
};

const initiate = (desk: Desk, how: string | undefined, value: string | undefined): Answer => {
  const name = how === undefined || !Object.hasOwn(starts, how) ? undefined : starts[how];
  if (name === undefined) return refused(`link init: expected ${Object.keys(starts).join(', ')}, got '${how ?? ''}'`);
  if (how !== 'setvr') return direct(desk, name);
  const vr = number(value, octet);
  return vr === undefined
    ? refused(`link init setvr: expected V(R) from 0 to 255, got '${value ?? ''}'`)
    : direct(desk, name, vr);
};

const change = (desk: Desk, what: string | undefined, value: string | undefined): Answer => {
  if (what === 't1') {
    const us = durationUs(value ?? '');
    if (us === undefined || us < 1) return refused(`link set t1: expected a time such as 3s, got '${value ?? ''}'`);
    return direct(desk, 'setTimerInitial', us);
  }
  const setting = what === undefined || !Object.hasOwn(settings, what) ? undefined : settings[what];
  if (setting === undefined)
    return refused(`link set: expected t1, ${Object.keys(settings).join(', ')}, got '${what ?? ''}'`);
  const [name, range] = setting;
  const wanted = number(value, range);
  if (wanted === undefined)
    return refused(
      `link set ${what}: expected a number from ${range.minimum} to ${range.maximum}, got '${value ?? ''}'`,
    );
  return direct(desk, name, wanted);
};

export const link: Word = {
  name: 'link',
  usage: '[DIRECTIVE]',
  help: 'state of the uplink, directives: see help link',
  sends: true,
  more: [
    'link                    counters, variables and settings of uplink and station',
    'link init ad            open the AD service at once',
    'link init clcw          open it when a clean CLCW has N(R) = V(S)',
    'link init unlock        send Unlock, open when the CLCW is clean: ends a lockout',
    'link init setvr N       send Set V(R), open when the CLCW has N',
    'link terminate          close the AD service; commands on their way fail',
    'link resume             go on after a suspension',
    'link set k N            frames on their way at most',
    'link set t1 TIME        time to wait for an acknowledgement',
    'link set limit N        transmissions of a frame at most',
    'link set timeout 0|1    at the limit: 0 alerts, 1 suspends',
    'link set vs N           number of the next frame, while not open',
  ],
  run: (desk, rest) => {
    const [what, how, value, ...more] = rest.split(/\s+/).filter((word) => word !== '');
    if (more.length > 0) return refused(`link: expected at most three words, got '${more[0]}'`);
    if (what === undefined) return linkState(desk);
    if (what === 'init') return initiate(desk, how, value);
    if (what === 'set') return change(desk, how, value);
    if (what === 'terminate') return direct(desk, 'terminateAd');
    if (what === 'resume') return direct(desk, 'resumeAd');
    return refused(`link: expected init, terminate, resume or set, got '${what}'`);
  },
  complete: (_, words) => {
    const [what, ...rest] = words;
    if (rest.length === 0) return startingWith(['init', 'terminate', 'resume', 'set'], what ?? '');
    if (rest.length > 1) return [];
    if (what === 'init') return startingWith(Object.keys(starts), rest[0] ?? '');
    return what === 'set' ? startingWith(['t1', ...Object.keys(settings)], rest[0] ?? '') : [];
  },
};

const octetsOf = (text: string): Uint8Array | string => {
  const octets = fromHex(text.replace(/\s+/g, ''));
  if (!octets.ok) return `expected pairs of hexadecimal digits, got ${octets.reason} at ${octets.at}`;
  return octets.value.length === 0 ? 'expected hexadecimal digits, got none' : octets.value;
};

const withCheck = (octets: Uint8Array): Uint8Array => {
  const check = crc16(octets);
  return Uint8Array.of(...octets, check >> 8, check & 0xff);
};

/** What `expect` and `sent` speak of next, unless it was refused. */
const radiated = (desk: Desk, name: string, sent: Sent): Answer => {
  if (!sent.ok) return refused(`${name}: ${sent.reason}`);
  desk.lastToken = sent.token;
  return done();
};

export const raw: Word = {
  name: 'raw',
  usage: '[bypass crc] HEX',
  help: 'send a packet as it is; also raw-frame, raw-cltu',
  more: [
    'raw HEX        a telecommand packet, right or wrong, under FOP-1',
    'raw crc HEX    with its check behind it',
    'raw bypass HEX past FOP-1, as BD frame',
    'raw-frame HEX  a transfer frame as it is, in a CLTU',
    'raw-cltu HEX   the octets of a CLTU as they are',
  ],
  sends: true,
  run: (desk, rest) => {
    const options = /^((?:bypass|crc)\s+)*/.exec(rest)?.[0] ?? '';
    const octets = octetsOf(rest.slice(options.length));
    if (typeof octets === 'string') return refused(`raw: ${octets}`);
    const packet = options.includes('crc') ? withCheck(octets) : octets;
    return radiated(desk, 'raw', desk.session.sendPacket(packet, { bypass: options.includes('bypass') }));
  },
  complete: (_, words) => startingWith(['bypass', 'crc'], words.at(-1) ?? ''),
};

const rawWord = (name: string, type: 'frame' | 'cltu', help: string): Word => ({
  name,
  usage: 'HEX',
  help,
  minor: true,
  sends: true,
  run: (desk, rest) => {
    const octets = octetsOf(rest);
    if (typeof octets === 'string') return refused(`${name}: ${octets}`);
    return radiated(desk, name, desk.session.sendRaw(type, octets));
  },
});

export const rawFrame = rawWord('raw-frame', 'frame', 'send a transfer frame as it is, in a CLTU, past FOP-1');
export const rawCltu = rawWord('raw-cltu', 'cltu', 'send the octets of a CLTU as they are');

export const drop: Word = {
  name: 'drop',
  usage: 'next N',
  help: 'training: the next N CLTUs go into nowhere',
  run: (desk, rest) => {
    const [count] = rest.replace(/^next\s*/, '').split(/\s+/);
    const lost = number(count, { minimum: 0, maximum: 1000 });
    if (lost === undefined) return refused(`drop next: expected a number from 0 to 1000, got '${count ?? ''}'`);
    if (!desk.session.loseNext(lost)) return refused('drop next: too many requests at once');
    return done(lost === 1 ? 'the next CLTU will be lost' : `the next ${lost} CLTUs will be lost`);
  },
  complete: (_, words) => startingWith(['next'], words.at(-1) ?? ''),
};
