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

const virtualChannel = (id: number): string => `      - vcId: ${id}
        service: PACKET
        maxPacketLength: 65542
        stream: tm_realtime
        packetPreprocessorClassName: org.yamcs.pus.PusPacketPreprocessor
        packetPreprocessorArgs:
          errorDetection: {type: CRC-16-CCIIT}
          pktTimeOffset: 13
          timeEncoding: {type: CUC, epoch: TAI, implicitPField: 0x1E}
`;

const instance = (ports: YamcsPorts): string => `services:
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
    virtualChannels:
${[0, 1, 7].map(virtualChannel).join('')}
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
    virtualChannels:
      - vcId: 0
        linkName: vc0
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
export const writeConfiguration = (folder: string, ports: YamcsPorts, xtce: string): void => {
  const files: Readonly<Record<string, string>> = {
    'etc/processor.yaml': processor,
    'etc/yamcs.yaml': server(ports),
    [`etc/yamcs.${INSTANCE}.yaml`]: instance(ports),
    [`mdb/${INSTANCE}.xml`]: withVerifiers(xtce),
  };
  for (const part of ['etc', 'mdb', 'data', 'cache']) mkdirSync(join(folder, part), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
};
