// The base of every error that striate throws, and its kinds. A kind says who must act; exit codes follow it.

const MARKER = Symbol.for('striate.error');

export interface ErrorDetails {
  /** What to do about it. */
  readonly hint?: string;
  /** The values it is about, for programs: never parse the message. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export abstract class StriateError extends Error {
  readonly [MARKER] = true;
  abstract readonly kind: 'usage' | 'data' | 'capability' | 'plugin-contract' | 'environment' | 'internal';
  /** What the command line exits with. */
  abstract readonly exitCode: number;
  readonly hint: string | undefined;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(
    /** Stable and greppable, `STRIATE_...`. */
    readonly code: string,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
    this.context = details.context ?? {};
  }

  /** True for errors of any copy of this package; `instanceof` is not, when two copies are installed. */
  static isInstance(value: unknown): value is StriateError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[MARKER] === true;
  }
}

/** A flag, key or id that the user gave is wrong. */
export class UsageError extends StriateError {
  readonly kind = 'usage';
  readonly exitCode = 2;
}

/** A file, shape, unit or value is not what it has to be. */
export class DataError extends StriateError {
  readonly kind = 'data';
  readonly exitCode = 3;
}

/** A plugin honestly cannot do what was asked. */
export class CapabilityError extends StriateError {
  readonly kind = 'capability';
  readonly exitCode = 4;
}

/** A plugin broke its promise; the message names the plugin and the law. */
export class PluginContractError extends StriateError {
  readonly kind = 'plugin-contract';
  readonly exitCode = 4;
}

/** Something outside is missing or refuses: a package, a device, a folder that cannot be written. */
export class EnvironmentError extends StriateError {
  readonly kind = 'environment';
  readonly exitCode = 5;
}

/** Our bug. */
export class InternalError extends StriateError {
  readonly kind = 'internal';
  readonly exitCode = 70;
}
