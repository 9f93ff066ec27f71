import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MANAGED } from '../../src/core/classify/rules/access-rules.ts';
import { READ_ONLY } from '../../src/core/classify/rules/limiting-text.ts';
import { HANDED_OVER, KEY_FILE } from '../../src/core/classify/rules/secrets-rules.ts';
import { SENDING, SENDS_ASIDE } from '../../src/core/classify/rules/send-rules.ts';
import { TO_FILE } from '../../src/core/classify/rules/text-rules.ts';

const patterns = { HANDED_OVER, KEY_FILE, MANAGED, READ_ONLY, SENDING, SENDS_ASIDE, TO_FILE };

/** What stands around a match cannot be generated; a text that has it wrong is passed over. */
const LOOKING_AROUND = /\(\?<?!(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\\b/g;

/** A pattern of which every text is a match, but for what stands around it. */
const core = ({ source }: RegExp): RegExp => new RegExp(`^(?:${source.replace(LOOKING_AROUND, '')})$`);

for (const [name, { hint, pattern }] of Object.entries(patterns))
  test(`whatever ${name} finds holds its hint`, () => {
    let matches = 0;
    fc.assert(
      fc.property(fc.stringMatching(core(pattern)), fc.boolean(), (text, isShouted) => {
        const [found] = pattern.exec(isShouted ? text.toUpperCase() : text) ?? [];
        if (found === undefined) return;
        matches += 1;
        assert.match(found, hint);
      }),
      { numRuns: 2_000 },
    );
    assert.ok(matches > 50, `of 2,000 texts made for it, ${name} found ${matches}`);
  });
