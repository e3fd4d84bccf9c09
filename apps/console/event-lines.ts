// Events of the spacecraft and of the ground as lines, coloured by severity.
import type { Severity } from '../../src/kernel/declare.ts';
import type { Style } from './style.ts';
import { harmless, wrap } from './text-width.ts';
import { clockText } from './time-text.ts';

export interface ShownEvent {
  /** Ground time. */
  readonly atUs: number;
  readonly severity: Severity;
  readonly where: 'orbiter' | 'ground';
  readonly name: string;
  readonly text: string;
}

const INDENT = 13;

export const eventLines = (event: ShownEvent, width: number, style: Style): string[] => {
  const paint = style.severity(event.severity);
  const severity = paint(event.severity.toUpperCase().padEnd(6));
  const name = `${event.where === 'ground' ? 'ground ' : ''}${event.name}`;
  const line = `${clockText(event.atUs)} ${severity} ${style.bold(name)}  ${paint(harmless(event.text))}`;
  return wrap(line, width, INDENT);
};
