/**
 * Verdicts on the tools of real servers, as tables in `test/golden/verdicts`: a changed rule shows there as a diff of
 * verdicts. The list below is the hard part: whatever else changes, these are never let through.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Classification } from '../../src/core/classification.ts';
import { classifyTools } from '../../src/core/classify/classify.ts';
import { parseTools } from '../../src/core/listing/parse-tools.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';
import { matchesGolden } from '../support/golden.ts';
import { bin } from '../support/installed-server.ts';
import { listTools, nodeServer } from '../support/list-tools.ts';

const knowledge = { ...readKnowledge({ catalog: false }), overrides: {} };

interface Corpus {
  readonly server: string;
  readonly args: readonly string[];
  /** Tools that change something, as read in the server's source. */
  readonly changes: readonly string[];
}

const CORPORA: readonly Corpus[] = [
  { server: '@modelcontextprotocol/server-everything', args: [], changes: [] },
  {
    server: '@modelcontextprotocol/server-filesystem',
    args: ['.'],
    changes: ['write_file', 'edit_file', 'create_directory', 'move_file'],
  },
  {
    server: '@modelcontextprotocol/server-memory',
    args: [],
    changes: [
      'create_entities',
      'create_relations',
      'add_observations',
      'delete_entities',
      'delete_observations',
      'delete_relations',
    ],
  },
  { server: '@modelcontextprotocol/server-sequential-thinking', args: [], changes: [] },
  {
    server: '@delorenj/mcp-server-trello',
    args: [],
    changes: [
      'add_card_to_list',
      'update_card_details',
      'archive_card',
      'move_card',
      'add_list_to_board',
      'archive_list',
      'attach_file_to_card',
      'create_board',
      'add_comment',
      'update_comment',
      'delete_comment',
      'create_checklist',
      'add_checklist_item',
      'assign_member_to_card',
      'remove_member_from_card',
      'create_label',
      'update_label',
      'delete_label',
      'copy_card',
    ],
  },
];

async function judgedWithoutClaims({ server, args }: Corpus): Promise<Classification[]> {
  const env = { TRELLO_API_KEY: 'any-text', TRELLO_TOKEN: 'any-text' };
  const listing = await listTools({ ...nodeServer(bin(server), ...args), env });
  const tools = parseTools(listing.tools).tools.map(({ annotations: _, ...tool }) => tool);
  return classifyTools(tools, { name: server }, knowledge).classifications;
}

const row = ({ name, class: toolClass, risk, effects, confidence }: Classification) =>
  [name.padEnd(36), toolClass.padEnd(12), risk.padEnd(9), confidence.toFixed(2), effects.join(' ')].join(' ').trimEnd();

describe('on the text of a real server alone', { concurrency: 4 }, () => {
  for (const corpus of CORPORA) {
    test(`the verdicts on ${corpus.server} are those on record, and nothing that changes something is let through`, async () => {
      const verdicts = await judgedWithoutClaims(corpus);
      for (const name of corpus.changes) {
        const verdict = verdicts.find((each) => each.name === name);
        assert.equal(verdict?.category, 'Write', name);
      }
      matchesGolden(`verdicts/${corpus.server.split('/')[1]}.txt`, `${verdicts.map(row).join('\n')}\n`);
    });
  }
});
