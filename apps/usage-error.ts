// A mistake of whoever typed the command: told in one line on standard error, and the exit code is 2.

/** The message says what was expected and what was got, in one line, without the program's name. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What the host refuses for a reason that the user can mend: the words, by the host's error code. */
const hostReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the port is in use: stop the other program or choose another port',
  EADDRNOTAVAIL: 'this host has no such address: expected one of its own, such as 127.0.0.1',
  EISDIR: 'is a directory: expected a file',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'a part of the path is not a directory',
  ENOTFOUND: 'no such host name',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

interface HostError {
  readonly code: string;
  readonly path?: string;
  readonly address?: string;
  readonly port?: number;
}

/** The one line for an error of the host (file, port, address) that the user can mend; otherwise undefined. */
export const hostReason = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const host = error as Error & HostError;
  const reason = hostReasons[host.code];
  if (reason === undefined) return undefined;
  const place = host.path ?? (host.port === undefined ? host.address : `${host.address ?? ''}:${host.port}`);
  return place === undefined ? reason : `${place}: ${reason}`;
};
