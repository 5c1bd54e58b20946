import { invalidOption } from '@striate/contracts';

export interface RidgeOptions {
  /** Penalties to choose from, ascending; each > 0. */
  readonly alphas: readonly number[];
  /** Number of folds for choosing the penalty. */
  readonly folds: number;
  /** Shuffle stimuli by seed before they are cut into folds; else folds are contiguous. */
  readonly shuffle: boolean;
  readonly intercept: boolean;
  /** Divide each feature by its standard deviation over the training stimuli. */
  readonly standardise: boolean;
  /** What the best penalty is the best by: least squared error, or correlation. */
  readonly scoreBy: 'mse' | 'correlation';
  /** Precision of the products with responses; the systems of equations are always solved in float64. */
  readonly precision: 'float32' | 'float64';
}

const DEFAULTS: RidgeOptions = {
  alphas: powersOfTen(-1, 7, 17),
  folds: 5,
  shuffle: false,
  intercept: true,
  standardise: false,
  scoreBy: 'mse',
  precision: 'float32',
};

/**
 * Check ridge's options and fill in defaults.
 *
 * @param raw As a user wrote them; `alphas` is a list, or `{ from, to, count }` in powers of ten.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export function parseRidgeOptions(raw: unknown): RidgeOptions {
  const given = requireRecord(raw ?? {});
  for (const option of Object.keys(given)) {
    if (!(option in DEFAULTS)) throw invalid(option, `one of ${Object.keys(DEFAULTS).join(', ')}`, option);
  }
  return {
    alphas: given['alphas'] === undefined ? DEFAULTS.alphas : parseAlphas(given['alphas']),
    folds: parseFolds(given['folds'] ?? DEFAULTS.folds),
    shuffle: parseFlag(given, 'shuffle'),
    intercept: parseFlag(given, 'intercept'),
    standardise: parseFlag(given, 'standardise'),
    scoreBy: parseChoice(given, 'scoreBy', ['mse', 'correlation']),
    precision: parseChoice(given, 'precision', ['float32', 'float64']),
  };
}

/** `count` numbers from 10^from to 10^to, equally spaced on a logarithmic scale. */
export function powersOfTen(from: number, to: number, count: number): number[] {
  if (count === 1) return [10 ** from];
  return Array.from({ length: count }, (_, i) => 10 ** (from + ((to - from) * i) / (count - 1)));
}

function parseAlphas(value: unknown): number[] {
  const expected = 'a list of numbers > 0, or { from, to, count } in powers of ten';
  const isRange = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { from, to, count } = (isRange ? value : {}) as Record<string, unknown>;
  const isWhole = Number.isInteger(count) && (count as number) > 0;
  if (isRange && !(Number.isFinite(from) && Number.isFinite(to) && isWhole))
    throw invalid('alphas', expected, value);
  const alphas = isRange ? powersOfTen(from as number, to as number, count as number) : value;
  const isList = Array.isArray(alphas) && alphas.length > 0;
  if (!isList || !alphas.every((alpha) => typeof alpha === 'number' && alpha > 0 && alpha < Infinity)) {
    throw invalid('alphas', expected, value);
  }
  return [...new Set(alphas as number[])].sort((a, b) => a - b);
}

function parseFolds(value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 2) return value as number;
  throw invalid('folds', 'a whole number of at least 2', value);
}

function parseFlag(given: Record<string, unknown>, option: 'shuffle' | 'intercept' | 'standardise'): boolean {
  const value = given[option] ?? DEFAULTS[option];
  if (typeof value === 'boolean') return value;
  throw invalid(option, 'true or false', value);
}

function parseChoice<Choice extends string>(
  given: Record<string, unknown>,
  option: 'scoreBy' | 'precision',
  choices: readonly Choice[],
): Choice {
  const value = given[option] ?? DEFAULTS[option];
  if (choices.includes(value as Choice)) return value as Choice;
  throw invalid(option, choices.map((choice) => `"${choice}"`).join(' or '), value);
}

function requireRecord(raw: unknown): Record<string, unknown> {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Record<string, unknown>;
  throw invalid('options', 'a mapping', raw);
}

function invalid(option: string, expected: string, actual: unknown) {
  return invalidOption({ who: 'ridge', option, expected, actual: JSON.stringify(actual) ?? String(actual) });
}
