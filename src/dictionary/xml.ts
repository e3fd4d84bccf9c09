// XML as data, printed with two spaces of indent. Only what XTCE needs: elements, attributes, text.

export interface XmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly children: readonly XmlElement[] | string;
}

/** An attribute whose value is undefined is left out. */
export const element = (
  tag: string,
  attributes: XmlElement['attributes'] = {},
  children: XmlElement['children'] = [],
): XmlElement => ({ tag, attributes, children });

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters have no place in XML 1.0; they become spaces. */
const escaped = (text: string): string =>
  [...text.replace(/[&<>"]/g, (found) => ENTITIES[found]!)]
    .map((character) => (character.codePointAt(0)! < 0x20 ? ' ' : character))
    .join('');

const print = ({ tag, attributes, children }: XmlElement, indent: string, lines: string[]): void => {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
  if (typeof children === 'string') {
    lines.push(`${indent}<${tag}${given}>${escaped(children)}</${tag}>`);
    return;
  }
  if (children.length === 0) {
    lines.push(`${indent}<${tag}${given}/>`);
    return;
  }
  lines.push(`${indent}<${tag}${given}>`);
  for (const child of children) print(child, `${indent}  `, lines);
  lines.push(`${indent}</${tag}>`);
};

/** A whole document, with declaration and final newline. */
export const xmlDocument = (root: XmlElement): string => {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  print(root, '', lines);
  return `${lines.join('\n')}\n`;
};
