import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { explanationSchema } from '../../src/core/explain/explanation.ts';
import { startEverything } from '../support/http-server.ts';
import { bin } from '../support/installed-server.ts';
import { run, temporaryFolder } from '../support/run-cli.ts';

const memory = ['--', 'node', bin('@modelcontextprotocol/server-memory')];

test('every tool of a real server is explained, and its policy is the one that --format policy prints for it', async (t) => {
  const policy = JSON.parse((await run(['scan', '--format', 'policy', ...memory])).stdout);
  for (const tool of ['read_graph', 'create_entities', 'delete_relations']) {
    const { stdout, stderr, exitCode } = await run(['explain', '--json', tool, ...memory]);
    assert.equal(exitCode, 0, stderr);
    const explanation = explanationSchema.parse(JSON.parse(stdout));
    assert.equal(explanation.definition.name, tool);
    const alone = join(temporaryFolder(t), 'one-tool.json');
    writeFileSync(alone, JSON.stringify([explanation.definition]));
    assert.deepEqual(
      explanation.recommended.policy,
      JSON.parse((await run(['classify', '--format', 'policy', alone])).stdout),
    );
    assert.deepEqual(explanation.recommended.policy.tools[tool], policy.tools[tool]);
    assert.deepEqual(explanation.recommended.policy.hide, policy.hide?.includes(tool) ? [tool] : undefined);
    assert.notDeepEqual(explanation.attacks, []);
    assert.equal(explanation.questions.length, 6);
  }
});

test('the siblings of a tool on a real server are named', async () => {
  const { stdout } = await run(['explain', 'delete_relations', ...memory]);
  assert.match(stdout, /^Other Destructive tools on this server\n {2}delete_entities, delete_observations$/m);
});

test('a tool behind a URL is explained, and neither header nor query is ever printed', async () => {
  const url = `${await startEverything('streamableHttp')}/mcp?api_key=very-secret-query`;
  for (const format of ['text', 'json', 'markdown']) {
    const { stdout, stderr, exitCode } = await run([
      'explain',
      '--header',
      'X-Key: very-secret-header',
      '--format',
      format,
      url,
      'get-env',
    ]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /get-env/);
    assert.doesNotMatch(stdout + stderr, /very-secret/);
  }
});

test('the last word before the dashes is the tool, whatever the server is called', async () => {
  const { stderr } = await run(['explain', 'test/fixtures/tools.json', 'delete_order', '--', 'node', 'x.js']);
  assert.match(stderr, /Only a tool of one server can be explained/);
  const { stdout } = await run(['explain', 'test/fixtures/tools.json', 'delete_order']);
  assert.match(stdout, /^delete_order {2}Write, Destructive, critical risk/);
});

test('a name that differs in what is not shown is offered as it is spelt', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'tools.json'), JSON.stringify([{ name: '\u202edelete' }]));
  const { stderr, exitCode } = await run(['explain', 'tools.json', 'delete'], { cwd: folder });
  assert.match(stderr, /Did you mean "\\u\{202e\}delete"\?/);
  assert.equal(exitCode, 2);
});

test('a schema nested without end is explained, and cut where nobody would read on', async (t) => {
  const folder = temporaryFolder(t);
  const depth = 100_000;
  const schema = `${'{"properties":{"x":'.repeat(depth)}{}${'}}'.repeat(depth)}`;
  writeFileSync(join(folder, 'tools.json'), `[{"name":"delete_all","inputSchema":${schema}}]`);
  for (const format of ['json', 'text', 'markdown']) {
    const { stdout, stderr, exitCode } = await run(['explain', 'tools.json', 'delete_all', '--format', format], {
      cwd: folder,
    });
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /delete_all/);
  }
});

test('a tool of two definitions waits for a person, and no rule against an attack lets it through', async (t) => {
  const file = join(temporaryFolder(t), 'twice.json');
  writeFileSync(
    file,
    '[{"name":"files","description":"Lists files."},{"name":"files","description":"Updates all files."}]',
  );
  const { stdout, exitCode } = await run(['explain', '--json', file, 'files']);
  const { verdict, attacks, recommended, findings, definition } = JSON.parse(stdout);
  assert.equal(exitCode, 0);
  assert.equal(definition.description, 'Updates all files.', 'the definition that the verdict is about');
  assert.deepEqual([verdict.class, verdict.rule], ['Write', null]);
  assert.ok(findings.some(({ code }: { code: string }) => code === 'tool-offered-twice'));
  assert.deepEqual(attacks, []);
  assert.deepEqual(recommended.policy.tools, {});
});
