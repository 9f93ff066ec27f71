import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locateJsonError } from '../../src/core/json/locate-json-error.ts';

const FAULTS: readonly (readonly [text: string, place: string, expected: string, found: string])[] = [
  ['', '1:1', 'a value', 'the end of the text'],
  ['{"tools": [1', '1:13', '"," or "]"', 'the end of the text'],
  ['[\n  1,\n]', '3:1', 'a value', '"]"'],
  ['{"a": 1,}', '1:9', 'a name in double quotes', '"}"'],
  ['{"a" 1}', '1:6', '":"', '"1"'],
  ["{'a': 1}", '1:2', 'a name in double quotes or "}"', '"\'"'],
  ['[1 2]', '1:4', '"," or "]"', '"2"'],
  ['{"a": tru}', '1:7', 'a value', '"t"'],
  ['[01]', '1:3', '"," or "]"', '"1"'],
  ['{}}', '1:3', 'the end of the text', '"}"'],
  ['[}', '1:2', 'a value or "]"', '"}"'],
  ['"abc', '1:5', 'the rest of the text in double quotes', 'the end of the text'],
  ['"a\\x"', '1:3', 'the rest of the text in double quotes', '"\\\\"'],
  ['"a\nb"', '1:3', 'the rest of the text in double quotes', '"\\n"'],
  ['// comment\n{}', '1:1', 'a value', '"/"'],
  ['["🚀", 🚀]', '1:8', 'a value', '"🚀"'],
];

for (const [text, place, expected, found] of FAULTS)
  test(`${JSON.stringify(text)} breaks at ${place}`, () => {
    assert.throws(() => JSON.parse(text), SyntaxError);
    const fault = locateJsonError(text);
    assert.deepEqual([`${fault?.line}:${fault?.column}`, fault?.expected, fault?.found], [place, expected, found]);
  });

const WHOLE = [
  '{}',
  '[]',
  ' [ ] ',
  'null',
  '-1.5e+3',
  '"\\u00e9\\n"',
  '{"a":{"b":[1,true,null,"x"]},"c":[]}',
  '[[],{}]\r\n',
];

for (const text of WHOLE)
  test(`${JSON.stringify(text)} has no fault`, () => {
    JSON.parse(text);
    assert.equal(locateJsonError(text), null);
  });

test('depth and length cannot break the search', () => {
  assert.equal(locateJsonError('['.repeat(500_000))?.found, 'the end of the text');
  assert.equal(locateJsonError(`"${'\\n'.repeat(2_000_000)}`)?.found, 'the end of the text');
});
