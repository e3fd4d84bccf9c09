// Every count that is known from elsewhere about the recordings in fixtures/, found without being told a parameter.
import { describe, expect, it } from 'vitest';
import { fixtureOctets } from '../../../support/frame-fixtures.ts';
import { apidRow, countsByApid, inspect, report } from '../../../support/inspect-bench.ts';

const telemetry = (name: string): Uint8Array => fixtureOctets(`telemetry/${name}`);

describe('frames of spacecraft', () => {
  it('Hope: 553 frames, two channels without a gap, a mission format that is not packets', () => {
    const { report: r, contents } = inspect('aos', telemetry('emm_frames.u8'));
    expect(r.frames).toEqual({ total: 553, accepted: 553, idle: 0, duplicates: 0, rejected: {} });
    expect(r.spacecraft).toEqual([242]);
    expect(r.channels).toEqual([
      { scid: 242, vcid: 0, frames: 534, idle: 0, first: 1639, last: 2172, gaps: 0, lost: 0, duplicates: 0 },
      { scid: 242, vcid: 62, frames: 19, idle: 0, first: 47, last: 65, gaps: 0, lost: 0, duplicates: 0 },
    ]);
    expect(r.packets).toEqual({ total: 0, octets: 0, apids: [] });
    expect(contents.map((one) => one.content)).toEqual(['not packets', 'not packets']);
  });

  it('Hera: idle frames apart, 256 packets, 250 of them PUS-C with good checks', () => {
    const { report: r, layers } = inspect('tm', telemetry('hera_low_rate_frames_2024_10_07_16_24_20.u8'));
    expect(r.frames).toEqual({ total: 56, accepted: 56, idle: 10, duplicates: 0, rejected: {} });
    expect(r.spacecraft).toEqual([181]);
    expect(r.ocf).toEqual([{ value: '01042200', count: 56 }]);
    expect(r.channels).toMatchObject([
      { scid: 181, vcid: 1, frames: 46, idle: 0, first: 97, gaps: 0, lost: 0 },
      { scid: 181, vcid: 7, frames: 10, idle: 10, gaps: 0, lost: 0 },
    ]);
    expect(layers).toEqual([{ layer: 'master channel', counts: { 'SCID 181 gaps': 0, 'SCID 181 frames missing': 0 } }]);
    expect([r.packets.total, r.packets.octets]).toEqual([256, 50_617]);
    expect(countsByApid(r)).toEqual({ 0: 6, 257: 6, 260: 229, 263: 15 });
    expect(r.packets.apids.reduce((sum, row) => sum + row.crcGood, 0)).toBe(250);
    expect(r.packets.apids.every((row) => row.crcBad === 0 && row.gaps === 0)).toBe(true);
    expect(apidRow(r, 0)).toMatchObject({ services: {}, crcGood: 0, crcBad: 0 });
    expect(apidRow(r, 257)?.services).toEqual({ '1,1': 3, '1,7': 3 });
    expect(apidRow(r, 260)?.services).toEqual({ '3,25': 229 });
    expect(apidRow(r, 263)?.services).toEqual({ '5,1': 14, '5,3': 1 });
  });

  it('ESCAPADE: 158 duplicates, 432 others, 7 gaps, behind a secondary header of 8 octets', () => {
    const { report: r, findings, layers } = inspect('tm', telemetry('escapade_gold_frames_2025_11_14_16_49.u8'));
    expect(r.frames).toEqual({ total: 590, accepted: 432, idle: 0, duplicates: 158, rejected: {} });
    expect(r.channels).toMatchObject([{ scid: 86, vcid: 2, frames: 432, gaps: 7, duplicates: 158 }]);
    expect(layers[0]?.counts).toMatchObject({ 'SCID 86 gaps': 7 });
    expect(findings.find((finding) => finding.parameter === 'secondary header')?.value).toBe('8 octets');
    expect(r.ocf).toEqual([]);
    expect(apidRow(r, 51)!.count).toBeGreaterThan(0.99 * r.packets.total);
    const kept = report('tm', telemetry('escapade_gold_frames_2025_11_14_16_49.u8'), { keepDuplicates: true });
    expect(kept.frames).toMatchObject({ total: 590, accepted: 590, duplicates: 158 });
    expect(kept.channels).toMatchObject([{ frames: 590, gaps: 7, duplicates: 158 }]);
    expect(kept.packets.total).toBeGreaterThan(r.packets.total);
  });

  it('Psyche: 497 packets of 635765 octets, whose time fields are not taken for PUS', () => {
    const r = report('aos', telemetry('psyche_2023-10-13T16_43_57_low_rate_frames.u8'));
    expect(r.frames).toMatchObject({ total: 859, accepted: 859 });
    expect(r.spacecraft).toEqual([255]);
    expect(r.channels[0]).toMatchObject({ vcid: 0, frames: 580, idle: 0, first: 89_805, last: 90_692, gaps: 3 });
    expect(r.channels[1]).toMatchObject({ vcid: 63, frames: 279, idle: 279 });
    expect([r.packets.total, r.packets.octets]).toEqual([497, 635_765]);
    expect(countsByApid(r)).toEqual({ 5: 16, 6: 65, 7: 33, 10: 188, 2047: 195 });
    expect(apidRow(r, 10)?.octets).toBe(188 * 3120);
    expect(r.packets.apids.every((row) => Object.keys(row.services).length === 0 && row.crcBad === 0)).toBe(true);
  });

  it('Lucy: a weak signal, 43 whole packets between the gaps', () => {
    const r = report('aos', telemetry('lucy_frames_eb3frn_20211019_235245.u8'));
    expect(r.frames).toEqual({ total: 134, accepted: 134, idle: 120, duplicates: 0, rejected: {} });
    expect(r.channels).toMatchObject([
      { scid: 49, vcid: 0, frames: 14, first: 996_046, last: 996_085, gaps: 9, lost: 26 },
      { scid: 49, vcid: 63, frames: 120, idle: 120, gaps: 86, lost: 252 },
    ]);
    expect(r.packets.total).toBe(43);
    expect(r.packets.apids.every((row) => Object.keys(row.services).length === 0)).toBe(true);
  });

  it('Lunar Flashlight: 176 packets without a gap', () => {
    const r = report('aos', telemetry('lunar_flashlight_frames_20221212_170854Z.u8'));
    expect(r.channels).toMatchObject([{ scid: 129, vcid: 2, frames: 59, first: 6212, last: 6270, gaps: 0 }]);
    expect([r.packets.total, r.packets.octets]).toEqual([176, 64_200]);
    expect(r.packets.apids.every((row) => row.gaps === 0)).toBe(true);
    const ones = { 0: 1, 2: 1, 3: 1, 8: 1, 11: 1 };
    expect(countsByApid(r)).toEqual({ ...ones, 1: 23, 6: 29, 7: 29, 10: 28, 13: 6, 98: 28, 99: 28 });
  });

  it('Perseverance: three good frames and one with a bad check', () => {
    const r = report('aos', telemetry('mars2020_safemode_frames.u8'));
    expect(r.frames).toEqual({ total: 4, accepted: 3, idle: 0, duplicates: 0, rejected: { 'bad FECF': 1 } });
    expect(r.channels).toMatchObject([{ scid: 168, vcid: 0, frames: 3, first: 2_856_115, last: 2_856_117 }]);
    const without = report('aos', telemetry('mars2020_safemode_frames.u8'), { fecf: false });
    expect(without.channels).toMatchObject([{ frames: 4, last: 2_856_118, gaps: 0 }]);
  });

  it('frames a line: encapsulation packets, and gaps of the count', () => {
    const encapsulated = report('tm', telemetry('dumpFile_tm_encapsulation.hex'));
    expect(encapsulated).toMatchObject({ octets: 11 * 1115, frames: { total: 11, accepted: 11 }, spacecraft: [123] });
    expect(encapsulated.ocf).toEqual([{ value: '00044479', count: 11 }]);
    expect(encapsulated.packets.total).toBeGreaterThan(0);
    expect(encapsulated.packets.apids).toEqual([]);
    const { report: gaps, layers } = inspect('tm', telemetry('dumpFile_tm_gap_1.hex'));
    expect(gaps.channels).toMatchObject([{ scid: 123, vcid: 0, frames: 11, first: 0, last: 14, gaps: 3, lost: 4 }]);
    expect(layers[0]?.counts).toEqual({ 'SCID 123 gaps': 3, 'SCID 123 frames missing': 4 });
  });
});

describe('coded units', () => {
  it('Suomi NPP: Reed-Solomon and the randomiser are found, 7 frames on two channels', () => {
    const { report: r, findings } = inspect('cadu', fixtureOctets('cadu-and-cltu/snpp_7cadus_2vcids.dat'));
    expect(r.frames).toEqual({ total: 7, accepted: 7, idle: 0, duplicates: 0, rejected: {} });
    expect(r.spacecraft).toEqual([157]);
    expect(r.channels.map(({ vcid, frames }) => [vcid, frames])).toEqual([
      [6, 4],
      [16, 3],
    ]);
    const values = Object.fromEntries(findings.map(({ parameter, value }) => [parameter, value]));
    expect(values).toMatchObject({
      randomiser: 'short',
      'Reed-Solomon': '(255,223), interleaving 4, dual basis',
      frames: 'AOS',
    });
  });

  it('CADUs a line: 30 of them, and 29 with one frame less', () => {
    const whole = report('cadu', fixtureOctets('cadu-and-cltu/dumpFile_aos_1.hex'));
    expect(whole).toMatchObject({ octets: 30 * 1024, frames: { total: 30, accepted: 30, idle: 13, rejected: {} } });
    expect(whole.channels.map(({ vcid, frames, gaps }) => [vcid, frames, gaps])).toEqual([
      [0, 11, 0],
      [1, 6, 0],
      [63, 13, 0],
    ]);
    expect(whole.ocf).toEqual([{ value: '00044479', count: 30 }]);
    const gap = report('cadu', fixtureOctets('cadu-and-cltu/dumpFile_aos_1_gap.hex'));
    expect(gap.frames.total).toBe(29);
    expect(gap.channels[0]).toMatchObject({ vcid: 0, frames: 10, gaps: 1, lost: 1 });
    const given = { randomized: false, reedSolomon: { correctable: 16, interleaving: 4, basis: 'dual' } } as const;
    expect(report('cadu', fixtureOctets('cadu-and-cltu/dumpFile_aos_1.hex'), given)).toEqual(whole);
    for (const lengthOctets of [892, 1020, 1024])
      expect(report('cadu', fixtureOctets('cadu-and-cltu/dumpFile_aos_1.hex'), { lengthOctets })).toEqual(whole);
    expect(() => report('cadu', fixtureOctets('cadu-and-cltu/dumpFile_aos_1.hex'), { lengthOctets: 1000 })).toThrow(
      '--length 1000: expected a frame that fits codeblocks of 1020 octets, as 29 of 29 distances',
    );
  });

  it('CLTUs: three frames behind a randomiser that is found', () => {
    const { report: r, findings, layers } = inspect('cltu', fixtureOctets('cadu-and-cltu/dumpFile_tc_2.hex'));
    expect(r.frames).toEqual({ total: 3, accepted: 3, idle: 0, duplicates: 0, rejected: {} });
    expect(r.channels).toMatchObject([{ scid: 123, vcid: 0, frames: 3, first: 0, last: 0 }]);
    expect(layers[0]?.counts).toMatchObject({ CLTUs: 3, 'code blocks': 16, 'corrected bits': 0 });
    expect(findings.find((finding) => finding.parameter === 'randomiser')?.value).toBe('on');
    expect(r.leftoverOctets).toBe(0);
  });
});

describe('packet files', () => {
  const packets = (name: string): Uint8Array => fixtureOctets(`space-packets/${name}`);

  it('JPSS-1: 7200 packets of 71 octets', () => {
    const r = report('packets', packets('J01_G011_LZ_2021-04-09T00-00-00Z_V01.DAT1'));
    expect(r.packets).toMatchObject({ total: 7200, octets: 7200 * 71, apids: [{ apid: 11, count: 7200, gaps: 0 }] });
  });

  it('IDEX and Europa Clipper: checks good on all, none of it PUS', () => {
    const idex = report('packets', packets('idex_sciData_2023_052_14_45_05.bin'));
    expect(idex.packets).toMatchObject({
      total: 78,
      apids: [{ apid: 1424, count: 78, crcGood: 78, crcBad: 0, services: {} }],
    });
    const clipper = report('packets', packets('ecm_raw2.bin'));
    expect(countsByApid(clipper)).toEqual({ 1216: 944, 1217: 4, 1219: 22, 1223: 22, 1227: 22, 1232: 16 });
    expect(clipper.packets.total).toBe(1030);
    expect(clipper.packets.apids.every((row) => row.gaps === 0 && row.crcGood === row.count && row.crcBad === 0)).toBe(
      true,
    );
    expect(clipper.packets.apids.every((row) => Object.keys(row.services).length === 0)).toBe(true);
  });

  it('packets of version 1 are read where the whole file has it, and refused when strict', () => {
    const { report: r, findings } = inspect('packets', packets('var_length_packets.bin'));
    expect(r.packets).toMatchObject({ total: 10, octets: 318, apids: [{ apid: 226, count: 10 }] });
    expect(findings[0]).toMatchObject({ parameter: 'packet version', value: '1' });
    const strict = report('packets', packets('var_length_packets.bin'), { strict: true });
    expect(strict.packets.apids.find((row) => row.apid === 226)).toBeUndefined();
    expect(strict.frames.rejected['bad packet version']).toBeGreaterThan(0);
  });

  it('simulated packets: 1448 of 51 octets', () => {
    const r = report('packets', packets('hs_apid001_sim.tlm'));
    expect(r.packets).toMatchObject({ total: 1448, octets: 1448 * 51, apids: [{ apid: 1, count: 1448, gaps: 0 }] });
  });
});
