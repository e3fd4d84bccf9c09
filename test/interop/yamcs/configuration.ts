// A Yamcs instance for this spacecraft: TM frames in, CLTUs out with COP-1, PUS packets with CUC time, and our own XTCE
// export as its mission database. Written to a folder that one server runs in.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withVerifiers } from './verifiers.ts';

export interface YamcsPorts {
  readonly http: number;
  /** Where it listens for TM frames. */
  readonly telemetry: number;
  /** Where it sends CLTUs. */
  readonly telecommand: number;
}

/** What protects the link, by security parameter index: files of 32 raw octets below `keys`, which it reads itself. */
export interface YamcsSecurity {
  readonly uplink: number;
  readonly downlink: { readonly packets: number; readonly idle: number };
  readonly keys: ReadonlyMap<number, Uint8Array>;
}

/** The name of the instance. */
export const INSTANCE = 'tharsis';
/** The SpaceSystem in our export: the folder of its parameters and commands. */
export const SYSTEM = 'Tharsis';

const processor = `realtime:
  services:
    - class: org.yamcs.StreamTmPacketProvider
    - class: org.yamcs.StreamTcCommandReleaser
    - class: org.yamcs.tctm.StreamParameterProvider
    - class: org.yamcs.algorithms.AlgorithmManager
    - class: org.yamcs.parameter.LocalParameterManager
  config:
    subscribeAll: true
`;

const server = (ports: YamcsPorts): string => `services:
  - class: org.yamcs.http.HttpServer
    args: {address: 127.0.0.1, port: ${ports.http}}
instances: [${INSTANCE}]
serverId: ${INSTANCE}-interop
secretKey: used-by-this-test-alone
`;

const association = (spi: number, more = ''): string => `      - spi: ${spi}
        class: org.yamcs.security.sdls.SecurityAssociationAes256Gcm128Factory
        args: {keyFile: keys/${spi}.key, verifySeqNum: true, seqNumWindow: 10${more}}
`;

const encryption = (spis: readonly number[], more = ''): string =>
  spis.length === 0 ? '' : `    encryption:\n${spis.map((spi) => association(spi, more)).join('')}`;

const uplinkEncryption = (security: YamcsSecurity | undefined): string =>
  encryption(security === undefined ? [] : [security.uplink], ', initialSeqNum: "000000000000000000000000"');

const downlinkEncryption = (security: YamcsSecurity | undefined): string =>
  encryption(security === undefined ? [] : [security.downlink.packets, security.downlink.idle]);

const virtualChannel = (
  id: number,
  spi?: number,
): string => `      - vcId: ${id}${spi === undefined ? '' : `\n        encryptionSpis: [${spi}]`}
        service: PACKET
        maxPacketLength: 65542
        stream: tm_realtime
        packetPreprocessorClassName: org.yamcs.pus.PusPacketPreprocessor
        packetPreprocessorArgs:
          errorDetection: {type: CRC-16-CCIIT}
          pktTimeOffset: 13
          timeEncoding: {type: CUC, epoch: TAI, implicitPField: 0x1E}
`;

const downlinkChannels = (security: YamcsSecurity | undefined): string =>
  [
    virtualChannel(0, security?.downlink.packets),
    virtualChannel(1, security?.downlink.packets),
    virtualChannel(7, security?.downlink.idle),
  ].join('');

const instance = (ports: YamcsPorts, security: YamcsSecurity | undefined): string => `services:
  - class: org.yamcs.archive.XtceTmRecorder
  - class: org.yamcs.archive.EventRecorder
  - class: org.yamcs.archive.CommandHistoryRecorder
  - class: org.yamcs.ProcessorCreatorService
    args: {name: realtime, type: realtime}

mdb:
  - type: xtce
    args: {file: mdb/${INSTANCE}.xml}

streamConfig:
  tm:
    - {name: tm_realtime, processor: realtime}
  cmdHist: [cmdhist_realtime]
  event: [events_realtime]
  param: [pp_realtime, sys_param]
  tc:
    - {name: tc_realtime, processor: realtime}

dataLinks:
  - name: tm
    class: org.yamcs.tctm.ccsds.UdpTmFrameLink
    port: ${ports.telemetry}
    frameType: TM
    spacecraftId: 42
    frameLength: 1115
    errorDetection: CRC16
    clcwStream: clcw
    goodFrameStream: good_frames
    badFrameStream: bad_frames
${downlinkEncryption(security)}    virtualChannels:
${downlinkChannels(security)}
  - name: tc
    class: org.yamcs.tctm.ccsds.UdpTcFrameLink
    host: 127.0.0.1
    port: ${ports.telecommand}
    spacecraftId: 42
    maxFrameLength: 1024
    errorDetection: CRC16
    priorityScheme: FIFO
    cltuEncoding: BCH
    randomizeCltu: false
${uplinkEncryption(security)}    virtualChannels:
      - vcId: 0
${security === undefined ? '' : `        encryptionSpi: ${security.uplink}\n`}        linkName: vc0
        service: PACKET
        priority: 1
        stream: tc_realtime
        commandPostprocessorClassName: org.yamcs.pus.PusCommandPostprocessor
        commandPostprocessorArgs:
          errorDetection: {type: CRC-16-CCIIT}
          seqCounterName: ${INSTANCE}
        multiplePacketsPerFrame: false
        useCop1: true
        clcwStream: clcw
        initialClcwWait: -1
        cop1T1: 2
        cop1TxLimit: 3
        slidingWindowWidth: 10
`;

/** Writes everything that the server reads below `folder`. `xtce` is the export of our dictionary. */
export const writeConfiguration = (folder: string, ports: YamcsPorts, xtce: string, security?: YamcsSecurity): void => {
  const files: Readonly<Record<string, string>> = {
    'etc/processor.yaml': processor,
    'etc/yamcs.yaml': server(ports),
    [`etc/yamcs.${INSTANCE}.yaml`]: instance(ports, security),
    [`mdb/${INSTANCE}.xml`]: withVerifiers(xtce),
  };
  for (const part of ['etc', 'mdb', 'data', 'cache', 'keys']) mkdirSync(join(folder, part), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  for (const [spi, key] of security?.keys ?? []) writeFileSync(join(folder, 'keys', `${spi}.key`), key);
};
