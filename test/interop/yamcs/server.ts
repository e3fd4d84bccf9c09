// Runs a Yamcs server in a folder of its own and ends it cleanly. Its log goes to yamcs.log in that folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { peers } from '../peers/peer.ts';
import { INSTANCE } from './configuration.ts';

export class YamcsServer {
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #http: string;

  private constructor(folder: string, httpPort: number) {
    this.folder = folder;
    this.#http = `http://127.0.0.1:${httpPort}/api`;
    const log = openSync(join(folder, 'yamcs.log'), 'w');
    const words = ['-Xmx512m', '-cp', join(peers.yamcs, '*'), 'org.yamcs.YamcsServer', '--no-color'];
    const places = ['--etc-dir', 'etc', '--data-dir', 'data', '--cache-dir', 'cache'];
    this.#child = spawn('java', [...words, ...places], { cwd: folder, stdio: ['ignore', log, log] });
    closeSync(log);
  }

  /** Returns when the instance runs. Throws with the end of the log when the server ends before, or takes too long. */
  static async start(folder: string, httpPort: number): Promise<YamcsServer> {
    const server = new YamcsServer(folder, httpPort);
    for (let round = 0; round < 600; round++) {
      if (server.#child.exitCode !== null) break;
      const state = await server.get<{ state: string }>(`/instances/${INSTANCE}`).catch(() => undefined);
      if (state?.state === 'RUNNING') return server;
      await pause(100);
    }
    const log = server.log();
    await server.stop();
    throw new Error(`Yamcs: expected a running instance, got:\n${log}`);
  }

  log(): string {
    return readFileSync(join(this.folder, 'yamcs.log'), 'utf8').split('\n').slice(-40).join('\n');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const stubborn = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(stubborn);
  }

  async #request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#http}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Yamcs: ${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.#request<T>('GET', path);
  }

  /** Octets as they are. */
  async put(path: string, octets: Uint8Array): Promise<void> {
    const headers = { 'Content-Type': 'application/octet-stream' };
    const response = await fetch(`${this.#http}${path}`, { method: 'PUT', headers, body: Uint8Array.from(octets) });
    if (!response.ok) throw new Error(`Yamcs: PUT ${path}: ${response.status} ${await response.text()}`);
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#request<T>('POST', path, body);
  }
}
