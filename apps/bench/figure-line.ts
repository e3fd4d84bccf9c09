// One measured figure as a line for people. The same figure as JSON is what scripts read.
import type { Figure } from './figure.ts';

/** Three significant digits, with the thousands as a letter: 6.31 M. */
const short = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e9) return `${(value / 1e9).toPrecision(3)} G`;
  if (size >= 1e6) return `${(value / 1e6).toPrecision(3)} M`;
  if (size >= 1e4) return `${(value / 1e3).toPrecision(3)} k`;
  return value === 0 ? '0' : String(Number(value.toPrecision(3)));
};

export const figureLine = (figure: Figure): string =>
  `${figure.holds ? 'holds' : 'FAILS'}  ${figure.name}: ${short(figure.ours)} ${figure.unit}` +
  ` against ${short(figure.reference)} (${figure.against}), ratio ${short(figure.ratio)}, goal ${figure.goal}`;
