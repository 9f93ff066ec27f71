import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Weighed, weigh } from '../../src/core/classify/weigh.ts';
import type { ToolClass } from '../../src/core/verdict.ts';

const says = (toolClass: ToolClass, weight: number, decisive = false): Weighed => ({
  says: toolClass,
  weight,
  decisive,
});

test('without evidence there is no verdict', () => assert.equal(weigh([]), null));

test('a tie between reading and writing is a write', () =>
  assert.equal(weigh([says('Read', 3), says('Write', 3)])?.class, 'Write'));

test('heavier evidence of reading outweighs an incidental verb', () =>
  assert.equal(weigh([says('Read', 6), says('Destructive', 1)])?.class, 'Read'));

test('what a tool can certainly do is not outweighed', () =>
  assert.equal(weigh([says('Read', 9), says('Destructive', 1, true)])?.class, 'Destructive'));

test('among changes the most serious with a fair share decides', () => {
  assert.equal(weigh([says('Write', 6), says('Destructive', 2.6)])?.class, 'Destructive');
  assert.equal(weigh([says('Write', 6), says('Destructive', 1)])?.class, 'Write');
});

test('evidence that agrees gives more confidence than evidence that does not', () => {
  const agreed = weigh([says('Read', 3), says('Read', 3)]);
  const alone = weigh([says('Read', 3)]);
  const disputed = weigh([says('Read', 3), says('Write', 2)]);
  assert.ok(agreed !== null && alone !== null && disputed !== null);
  assert.ok(agreed.confidence > alone.confidence && alone.confidence > disputed.confidence);
});
