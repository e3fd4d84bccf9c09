// Asks the Python library spacepackets: many requests, one process, answers in the same order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { peers } from './peer.ts';

export interface Request {
  readonly kind: string;
  readonly encode?: unknown;
  readonly decode?: string;
  readonly [parameter: string]: unknown;
}

export interface Answer {
  readonly hex?: string;
  readonly value?: unknown;
  readonly refused?: string;
}

const script = fileURLToPath(new URL('spacepackets_peer.py', import.meta.url));

export const askSpacepackets = async (requests: readonly Request[]): Promise<Answer[]> => {
  const child = spawn(peers.python, ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  const [code] = await once(child, 'close');
  const lines = Buffer.concat(parts).toString('utf8').trim().split('\n');
  if (code !== 0 || lines.length !== requests.length)
    throw new Error(`spacepackets: expected ${requests.length} answers, got ${lines.length} and exit code ${code}`);
  return lines.map((line) => JSON.parse(line) as Answer);
};
