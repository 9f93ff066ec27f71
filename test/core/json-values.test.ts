import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findValue, replaceValues } from '../../src/core/json/json-values.ts';

const at = (text: string, ...path: string[]): string | null => {
  const place = findValue(text, path);
  return place === null ? null : text.slice(place.start, place.end);
};

test('a value is found as it is written, whatever stands around it', () => {
  const text = ' { "a" : {"b\\"}" : [1, "]}", {"id":0}] , "_meta":{"t/x": 1e2 }} , "id":\t1.0 ,"z":null}';
  assert.equal(at(text, 'id'), '1.0');
  assert.equal(at(text, 'a', '_meta', 't/x'), '1e2');
  assert.equal(at(text, 'a', 'b"}'), '[1, "]}", {"id":0}]');
  assert.equal(at(text, 'z'), 'null');
});

test('what is not there is not found: a key deeper down, in an array, in a text, or behind a value that has none', () => {
  const text = '{"a":{"id":1},"b":[{"id":2}],"c":"\\"id\\":3","d":4}';
  for (const path of [['id'], ['b', 'id'], ['c', 'id'], ['d', 'id'], ['a', 'id', 'id']])
    assert.equal(at(text, ...path), null);
  assert.equal(at('[]', 'id'), null);
  assert.equal(at('{}', 'id'), null);
});

test('of a key that stands there twice, in whatever spelling, the last counts', () => {
  assert.equal(at('{"id":1,"\\u0069d":2}', 'id'), '2');
});

test('what is put in the place of values changes nothing else', () => {
  const text = '{"n":12345678901234567890,"id":7,"params":{"_meta":{"progressToken":"a"},"odd":[1.0,1e2]}}';
  const changed = replaceValues(text, [
    [['id'], '"seven"'],
    [['params', '_meta', 'progressToken'], '1'],
    [['params', 'none'], '2'],
  ]);
  assert.equal(
    changed,
    '{"n":12345678901234567890,"id":"seven","params":{"_meta":{"progressToken":1},"odd":[1.0,1e2]}}',
  );
});

test('every member of any object is found as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 2, '\t'), (object, indent) => {
      const text = JSON.stringify(object, null, indent);
      for (const [key, value] of Object.entries(JSON.parse(text)))
        assert.deepEqual(JSON.parse(at(text, key) ?? 'null'), value);
    }),
  );
});
