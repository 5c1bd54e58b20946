// What a command may touch of the outside, so that it runs in a test as it runs in a terminal.

export interface Io {
  /** Data. */
  readonly out: (text: string) => void;
  /** Messages for people. */
  readonly err: (text: string) => void;
  /** Overwrites the last line of messages, where there is a terminal; absent elsewhere. */
  readonly status?: (text: string) => void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/** The terminal that the process runs in. */
export function terminalIo(signal: AbortSignal): Io {
  const { stdout, stderr } = process;
  const columns = () => (stderr.columns ?? 80) - 1;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    ...(stderr.isTTY
      ? { status: (text: string) => void stderr.write(`\r\x1b[2K${text.slice(0, columns())}`) }
      : {}),
    cwd: process.cwd(),
    env: process.env,
    signal,
  };
}
