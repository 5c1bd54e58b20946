// What the operating system says when it refuses a file, in words, and what helps.

export interface Refusal {
  /** As the system names it: `ENOSPC`. */
  readonly code: string;
  readonly reason: string;
  readonly hint: string;
  /** The file, where the system says it. */
  readonly path?: string;
}

const PERMISSIONS = 'Change its permissions, or run as someone who has them.';
const REFUSALS: Readonly<Record<string, Pick<Refusal, 'reason' | 'hint'>>> = {
  EACCES: { reason: 'permission denied', hint: PERMISSIONS },
  EPERM: { reason: 'permission denied', hint: PERMISSIONS },
  EROFS: { reason: 'its disk is mounted read-only', hint: 'Choose a place on another disk.' },
  ENOSPC: {
    reason: 'no space is left on its disk',
    hint: 'Free some space, or choose a place on another disk.',
  },
  EDQUOT: {
    reason: 'the quota of its disk is used up',
    hint: 'Free some space, or choose a place on another disk.',
  },
  ENOENT: { reason: 'it is not there', hint: 'Check the path.' },
  EEXIST: { reason: 'a file of that name is there already', hint: 'Remove it, or choose another name.' },
  EISDIR: { reason: 'it is a folder', hint: 'Give the path of a file.' },
  ENOTDIR: { reason: 'a part of its path is a file and not a folder', hint: 'Check the path.' },
  ENAMETOOLONG: { reason: 'its name is too long', hint: 'Choose a shorter one.' },
  EMFILE: { reason: 'too many files are open', hint: 'Raise the limit: ulimit -n 4096.' },
};

/** The refusal that an error of Node's file system tells of; `undefined` for any other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  const { code, syscall, path, message } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  if (code === undefined || syscall === undefined) return undefined;
  const known = REFUSALS[code] ?? { reason: message ?? code, hint: 'Check the disk and the path.' };
  return { code, ...known, ...(path === undefined ? {} : { path }) };
}
