// The object of `inspect --json`: exactly these keys, in this order.
import type { InspectReport } from '../../src/ground/inspect/report.ts';

export const jsonReport = (file: string, report: InspectReport) => ({
  file,
  as: report.as,
  octets: report.octets,
  frames: report.frames,
  spacecraft: report.spacecraft,
  ocf: report.ocf,
  channels: report.channels,
  packets: report.packets,
  leftoverOctets: report.leftoverOctets,
});
