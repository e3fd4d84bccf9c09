// Training of rates: commands a day by kind, the highest sums that nominal weeks reach, the usual pace of a role, and
// refused frames a day by channel.
import { robustScale } from './neighbours.ts';
import { bounds, clampIndex, type ObservedItem } from './observed.ts';
import { countCommand, firstRateState, logGap, type RateModel } from './rate-watch.ts';

const DAY_US = 86_400_000_000;
/** So that what came once or never in training may come again. */
const SPARE_COUNT = 3;
const SILENCE_US = 1_200_000_000;

const measurePace = (model: RateModel, items: readonly ObservedItem[]): void => {
  const gaps: number[][] = Array.from({ length: bounds.roles }, () => []);
  const lastUs = new Float64Array(bounds.roles).fill(-Infinity);
  for (const item of items) {
    if (item.type === 'reject') continue;
    const gapUs = item.atUs - lastUs[item.role]!;
    lastUs[item.role] = item.atUs;
    if (gapUs < SILENCE_US) gaps[item.role]!.push(logGap(gapUs));
  }
  gaps.forEach((list, role) => {
    const { middle, scale } = robustScale(list);
    model.paceMiddle[role] = middle;
    model.paceScale[role] = scale;
  });
};

/** Fills `model` in place. */
export const trainRates = (
  model: RateModel,
  symbolOf: ReadonlyMap<number, number>,
  items: readonly ObservedItem[],
): void => {
  const days = Math.max(1, ((items.at(-1)?.atUs ?? 0) - (items[0]?.atUs ?? 0)) / DAY_US);
  for (const item of items)
    if (item.type === 'reject') model.rejectsADay[clampIndex(item.channel, bounds.channels)]! += 1 / days;
    else if (symbolOf.has(item.opcode)) model.aDay[symbolOf.get(item.opcode)!]! += 1 / days;
  for (let symbol = 0; symbol < bounds.symbols; symbol++) model.aDay[symbol]! += SPARE_COUNT / days;
  const state = firstRateState();
  for (const item of items) {
    const symbol = item.type === 'command' ? symbolOf.get(item.opcode) : undefined;
    if (symbol === undefined) continue;
    countCommand(model, state, symbol, item.atUs);
    model.highUp[symbol] = Math.max(model.highUp[symbol]!, state.up[symbol]! + SPARE_COUNT);
    model.highDown[symbol] = Math.max(model.highDown[symbol]!, state.down[symbol]! + SPARE_COUNT);
  }
  measurePace(model, items);
};
