import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printableTarget } from '../../src/core/server/printable-target.ts';
import { redactor } from '../../src/core/server/redact.ts';

const command = (...args: string[]) => ({ kind: 'stdio', name: 'x', command: 'run', args, env: {} }) as const;
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

const PRINTED: readonly (readonly [args: string[], printed: string])[] = [
  [['--api-key', 'abc'], 'run --api-key ***'],
  [['--api-key=abc', '--port=80'], 'run --api-key=*** --port=80'],
  [['--token', '--verbose'], 'run --token --verbose'],
  [['-e', 'GITHUB_TOKEN=abc', '-e', 'MODE=dev'], 'run -e GITHUB_TOKEN=*** -e MODE=dev'],
  [['--header', 'X-Anything: abc'], "run --header 'X-Anything: ***'"],
  [['Authorization: Bearer abc def'], "run 'Authorization: ***'"],
  [[`ghp_${'a1'.repeat(18)}`], 'run ***'],
  [['sk-proj-abcdefgh1234'], 'run ***'],
  [['xoxb-1234567890-abcdef'], 'run ***'],
  [[JWT], 'run ***'],
  [['0123456789abcdef0123456789abcdef'], 'run ***'],
  [['Ab3'.repeat(12)], 'run ***'],
  [['postgres://me:pw@db.test/x?sslpassword=y'], 'run postgres://db.test/x'],
  [['--url=https://me@h.test/mcp?key=1#top'], 'run --url=https://h.test/mcp'],
  [[`https://h.test/s/${'Ab3'.repeat(12)}/mcp`], 'run https://h.test/s/***/mcp'],
  [
    ['/home/me/projects/some-long-directory-name-2024/server.js'],
    'run /home/me/projects/some-long-directory-name-2024/server.js',
  ],
  [['some-very-long-package-name-of-a-server-v2'], 'run some-very-long-package-name-of-a-server-v2'],
  [['--db', 'postgres://me:pw@db.test/x'], 'run --db postgres://db.test/x'],
  [['--env=API_KEY=abc'], 'run --env=API_KEY=***'],
  [
    ['--config', '{"a":{"apiKey": "abc","port":1,"token":2}}'],
    `run --config '{"a":{"apiKey": "***","port":1,"token":***}}'`,
  ],
  [['--pass', 'abc', '--pat', 'abc', '--jwt=abc'], 'run --pass *** --pat *** --jwt=***'],
  [['-c', 'export API_KEY=abc; run --token abc x'], "run -c 'export API_KEY=***; run --token *** x'"],
  [['--password=a b c', 'Server=x;Password=abc;'], "run --password=*** 'Server=x;Password=***;'"],
  [['--path', 'abc', '--passive', 'abc'], 'run --path abc --passive abc'],
  [['-u', 'me:abc', '--user', '1000:1000'], 'run -u me:*** --user 1000:1000'],
  [["it's", '', '$HOME'], "run 'it'\\''s' '' '$HOME'"],
];

describe('secrets', () => {
  for (const [args, printed] of PRINTED) {
    test(`${printed} is what is printed of a command`, () => {
      assert.equal(printableTarget(command(...args)), printed);
    });
  }

  test('an address is printed without user, query and fragment', () => {
    const spec = { kind: 'http', name: 'x', url: 'https://me:pw@h.test/mcp?api_key=1#x', headers: { A: 'b' } } as const;
    assert.equal(printableTarget(spec), 'https://h.test/mcp');
  });

  test('values of the environment are hidden, also encoded, also line by line', () => {
    const env = { KEY: 'pa ss/word', PEM: 'BEGIN\nabcdefgh\nEND', SHORT: 'dev' };
    const redact = redactor({ ...command(), env });
    assert.equal(redact('pa ss/word pa%20ss%2Fword abcdefgh dev'), '*** *** *** dev');
  });

  test('of two secrets one of which holds the other nothing remains', () => {
    const redact = redactor({ ...command(), env: { A: 'fish', B: 'swordfish' } });
    assert.equal(redact('swordfish fish'), '*** ***');
  });

  test('a bearer token is hidden without its scheme too', () => {
    const headers = { Authorization: 'Bearer abcdef123' };
    const redact = redactor({ kind: 'http', name: 'x', url: 'https://u:pw%401@h.test/?key=query1', headers });
    assert.equal(redact('abcdef123, Bearer abcdef123, pw@1, query1'), '***, ***, ***, ***');
  });

  test('a secret argument is hidden', () => {
    assert.equal(redactor(command('--api-key', 'abcd', '--token=efgh'))('abcd efgh api-key'), '*** *** api-key');
  });

  test('a secret inside an argument is hidden', () => {
    const redact = redactor(command('{"apiKey":"sword","n":{"token":12345}}', '--dsn=postgres://me:fish@h.test/x'));
    assert.equal(redact('sword 12345 fish'), '*** *** ***');
  });

  test('a variable that was meant for a shell is hidden, though it stands where the program should', () => {
    const spec = { ...command('server.js'), command: 'API_KEY=swordfish' };
    assert.equal(printableTarget(spec), 'API_KEY=*** server.js');
    assert.equal(redactor(spec)('swordfish'), '***');
  });

  test('user and password of an address are hidden in the form of a header too', () => {
    const redact = redactor({ kind: 'http', name: 'x', url: 'https://me:pw%401@h.test/', headers: {} });
    assert.equal(redact(`Basic ${Buffer.from('me:pw@1').toString('base64')}`), 'Basic ***');
  });

  test('an address that is broken or badly encoded hides nothing and breaks nothing', () => {
    const redact = redactor({ kind: 'http', name: 'x', url: 'https://%zz@h.test/', headers: {} });
    assert.equal(redact('text'), 'text');
  });
});
