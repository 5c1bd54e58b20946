import fc from 'fast-check';
import { constant, input, integers, onnx, type Value } from '../../graph/index.js';
import { gradientError } from '../__fixtures__/finite-differences.js';
import { gradients } from '../gradient.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const sizes = fc.integer({ min: 1, max: 4 });
const shapes = fc.array(sizes, { minLength: 1, maxLength: 4 });
/** A shape and one of its axes, counted from either end. */
const shapesWithAxis = shapes.chain((shape) =>
  fc.tuple(fc.constant(shape), fc.integer({ min: -shape.length, max: shape.length - 1 })),
);

async function expectExact(shapesOfInputs: readonly (readonly number[])[], seed: number, build: Build) {
  const error = await gradientError({ inputs: shapesOfInputs.map((shape) => ({ shape })), build, seed });
  expect(error).toBeLessThan(1e-8); // linear: differences are exact but for rounding
}
type Build = (...values: Value[]) => Value;

describe('gradients of operators that move elements', () => {
  it('Reshape, Flatten, Unsqueeze and Squeeze put every element back', async () => {
    await fc.assert(
      fc.asyncProperty(shapesWithAxis, seeds, async ([shape, axis], seed) => {
        await expectExact([shape], seed, (x) => onnx.Reshape(x, [-1]));
        await expectExact([shape], seed, (x) => onnx.Flatten(x, axis));
        await expectExact([shape], seed, (x) => onnx.Unsqueeze(x, [0, -1]));
        await expectExact([shape], seed, (x) => onnx.Squeeze(x));
      }),
      { numRuns: 4 },
    );
  });

  it('Transpose orders the axes back', async () => {
    const permutations = shapes.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.shuffledSubarray([...shape.keys()], { minLength: shape.length, maxLength: shape.length }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(permutations, seeds, async ([shape, order], seed) => {
        await expectExact([shape], seed, (x) => onnx.Transpose(x, order));
        await expectExact([shape], seed, (x) => onnx.Transpose(x));
      }),
      { numRuns: 6 },
    );
  });

  it('Slice puts what was cut back, for starts and ends beyond the array and steps of either sign', async () => {
    const cuts = fc.record({
      start: fc.integer({ min: -7, max: 7 }),
      end: fc.integer({ min: -7, max: 7 }),
      step: fc.constantFrom(-3, -2, -1, 1, 2, 3),
    });
    await fc.assert(
      fc.asyncProperty(cuts, cuts, seeds, async (a, b, seed) => {
        const options = {
          starts: [a.start, b.start],
          ends: [a.end, b.end],
          axes: [0, -1],
          steps: [a.step, b.step],
        };
        await expectExact([[5, 2, 4]], seed, (x) => onnx.Slice(x, options));
      }),
      { numRuns: 25 },
    );
  });

  it('Slice with no axes named cuts the first ones', async () => {
    await expectExact([[4, 3, 2]], 1, (x) => onnx.Slice(x, { starts: [1, -2], ends: [-1, 3] }));
  });

  it('Concat cuts into the parts, also when a value is joined with itself', async () => {
    await fc.assert(
      fc.asyncProperty(shapesWithAxis, sizes, seeds, async ([shape, axis], size, seed) => {
        const other = shape.with(axis, size);
        await expectExact([shape, other], seed, (a, b) => onnx.Concat([a, b, a], axis));
      }),
      { numRuns: 5 },
    );
  });

  it('Split joins the parts, those without a gradient being zeros', async () => {
    const lengths = fc.array(sizes, { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(shapesWithAxis, lengths, seeds, async ([shape, axis], parts, seed) => {
        const whole = shape.with(
          axis,
          parts.reduce((sum, part) => sum + part),
        );
        await expectExact([whole], seed, (x) => onnx.Split(x, parts, axis)[1]);
      }),
      { numRuns: 5 },
    );
  });

  it('Pad takes the margin off, gives it to the value of the margin, and puts back what was cropped', async () => {
    const amounts = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(amounts, seeds, async (pads, seed) => {
        await expectExact([[3, 4]], seed, (x) => onnx.Pad(x, pads));
        await expectExact([[3, 4], []], seed, (x, value) => onnx.Pad(x, pads, value));
      }),
      { numRuns: 5 },
    );
  });

  it('Pad by reflection has no gradient, and says so', () => {
    const x = input('x', [3]);
    expect(() => gradients(onnx.ReduceSum(onnx.Pad(x, [1, 1], undefined, 'reflect')), [x])).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRADIENT_MISSING' }),
    );
  });

  it('Gather adds up what was taken more than once', async () => {
    const indices = fc.array(fc.integer({ min: -2, max: 1 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(shapesWithAxis, indices, seeds, async ([shape, axis], places, seed) => {
        const taken = onnx.Reshape(integers(places), [-1, 1]);
        await expectExact([shape.with(axis, 2)], seed, (x) => onnx.Gather(x, taken, axis));
      }),
      { numRuns: 6 },
    );
  });

  it('Gather of one place without an axis of its own leaves zeros elsewhere', async () => {
    await expectExact([[3, 2]], 1, (x) => onnx.Gather(x, constant('int64', [], BigInt64Array.of(1n)), -1));
  });

  it("GatherElements and ScatterElements are each other's gradients", async () => {
    const indices = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(indices, fc.constantFrom(0, 1, -1), seeds, async (places, axis, seed) => {
        const at = onnx.Reshape(integers(places), [2, 4]);
        const shape = axis === 0 ? [3, 4] : [2, 4];
        await expectExact([shape], seed, (x) => onnx.GatherElements(x, at, axis));
        await expectExact([shape, [2, 4]], seed, (x, updates) =>
          onnx.ScatterElements(x, at, updates, { axis, reduction: 'add' }),
        );
      }),
      { numRuns: 5 },
    );
  });

  it('ScatterElements without a reduction takes the gradient off what was written over', async () => {
    const at = onnx.Reshape(integers([2, 0]), [1, 2]);
    await expectExact(
      [
        [3, 2],
        [1, 2],
      ],
      1,
      (x, updates) => onnx.ScatterElements(x, at, updates, { axis: 0 }),
    );
  });

  it('Expand sums over what was stretched', async () => {
    await fc.assert(
      fc.asyncProperty(
        shapes,
        fc.infiniteStream(fc.boolean()),
        fc.nat(3),
        seeds,
        async (shape, isOne, n, seed) => {
          const narrow = shape
            .map((size) => (isOne.next().value ? 1 : size))
            .slice(Math.min(n, shape.length));
          await expectExact([narrow], seed, (x) => onnx.Expand(x, shape));
        },
      ),
      { numRuns: 6 },
    );
  });
});
