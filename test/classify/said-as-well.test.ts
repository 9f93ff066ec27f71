/** What a sentence says is done besides reading, however it is joined to that; and what only sounds like it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/core/classify/judge.ts';
import { lonelyToolView } from '../../src/core/classify/tool-view.ts';
import { CLASS_TABLE, type ToolClass } from '../../src/core/verdict.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const { lexicon } = readKnowledge({ catalog: false });
const classOf = (description: string): ToolClass =>
  judge(lonelyToolView({ name: 'list_frobs', description }, lexicon)).class;

interface Deed {
  readonly base: string;
  readonly third: string;
  readonly gerund: string;
  readonly participle: string;
  readonly object: string;
}

const deed = (base: string, third: string, gerund: string, participle: string, object: string): Deed => ({
  base,
  third,
  gerund,
  participle,
  object,
});

const LOSSES = [
  deed('delete', 'deletes', 'deleting', 'deleted', 'the old ones'),
  deed('remove', 'removes', 'removing', 'removed', 'their files'),
  deed('wipe', 'wipes', 'wiping', 'wiped', 'the disk'),
  deed('purge', 'purges', 'purging', 'purged', 'all records'),
  deed('drop', 'drops', 'dropping', 'dropped', 'the table'),
  deed('reset', 'resets', 'resetting', 'reset', 'the database'),
  deed('revoke', 'revokes', 'revoking', 'revoked', 'their access'),
  deed('pay', 'pays', 'paying', 'paid', 'the invoice'),
  deed('charge', 'charges', 'charging', 'charged', 'the card'),
  deed('refund', 'refunds', 'refunding', 'refunded', 'the order'),
];

const CHANGES = [
  deed('send', 'sends', 'sending', 'sent', 'them to an admin'),
  deed('email', 'emails', 'emailing', 'emailed', 'the owner'),
  deed('reset', 'resets', 'resetting', 'reset', 'their password'),
  deed('execute', 'executes', 'executing', 'executed', 'the first of them'),
  deed('install', 'installs', 'installing', 'installed', 'the package'),
  deed('overwrite', 'overwrites', 'overwriting', 'overwritten', 'the file'),
  deed('grant', 'grants', 'granting', 'granted', 'them a role'),
  deed('deploy', 'deploys', 'deploying', 'deployed', 'the service'),
  deed('publish', 'publishes', 'publishing', 'published', 'the page'),
  deed('upload', 'uploads', 'uploading', 'uploaded', 'the report to a server'),
  deed('update', 'updates', 'updating', 'updated', 'their status'),
  deed('archive', 'archives', 'archiving', 'archived', 'each of them'),
];

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How sentences say what is done as well; each by a class of its own. */
const SENTENCES: Readonly<Record<string, (deed: Deed) => string>> = {
  and: ({ third, object }) => `Lists the frobs and ${third} ${object}.`,
  'comma and': ({ third, object }) => `Lists the frobs, and ${third} ${object} permanently.`,
  'comma then': ({ third, object }) => `Lists the frobs, then ${third} ${object}.`,
  but: ({ third, object }) => `Lists the frobs, but ${third} ${object} first.`,
  semicolon: ({ third, object }) => `Lists the frobs; ${third} ${object}.`,
  optionally: ({ third, object }) => `Lists the frobs and optionally ${third} ${object}.`,
  'in brackets': ({ third, object }) => `Lists the frobs (and ${third} ${object}).`,
  'behind a dash': ({ third, object }) => `Lists the frobs — and ${third} ${object}.`,
  shouted: ({ third, object }) => `Lists the frobs. ALSO ${third.toUpperCase()} ${object.toUpperCase()}.`,
  'a second sentence': ({ third, object }) => `Lists the frobs. ${capital(third)} ${object}.`,
  'in addition': ({ third, object }) => `Lists the frobs. In addition, it ${third} ${object}.`,
  'the tool': ({ third, object }) => `Lists the frobs. The tool ${third} ${object} as well.`,
  'when called': ({ third, object }) => `Lists the frobs. When called, it ${third} ${object}.`,
  calling: ({ third, object }) => `Lists the frobs. Calling this ${third} ${object}.`,
  'a side effect': ({ third, object }) => `Lists the frobs. Side effect: ${third} ${object}.`,
  'a bullet': ({ third, object }) => `Lists the frobs:\n- ${third} ${object}\n- returns the rest`,
  will: ({ base, object }) => `Lists the frobs. Note: this will ${base} ${object}.`,
  can: ({ base, object }) => `Lists the frobs. It can also ${base} ${object}.`,
  'can, without a subject': ({ base, object }) => `Lists the frobs. Can also ${base} ${object}.`,
  imperative: ({ base, object }) => `List all frobs and ${base} ${object}.`,
  'as well as': ({ gerund, object }) => `Lists the frobs as well as ${gerund} ${object}.`,
  'in addition to': ({ gerund, object }) => `Lists the frobs in addition to ${gerund} ${object}.`,
  'while also': ({ gerund, object }) => `Lists the frobs while also ${gerund} ${object}.`,
  thereby: ({ gerund, object }) => `Lists the frobs, thereby ${gerund} ${object}.`,
  gerund: ({ gerund, object }) => `Lists the frobs, ${gerund} ${object}.`,
  before: ({ gerund, object }) => `Returns the frobs before ${gerund} ${object}.`,
  'after which it': ({ third, object }) => `Lists the frobs, after which it ${third} ${object}.`,
};

/** In the passive the object stands first, and nothing behind the verb says what it was done to. */
const PASSIVES: Readonly<Record<string, (deed: Deed) => string>> = {
  'after which': ({ participle }) => `Lists the frobs, after which the others are ${participle}.`,
  afterwards: ({ participle }) => `Lists the frobs. The others are ${participle} afterwards.`,
  'as a side effect': ({ participle }) => `Lists the frobs. As a side effect, the others are ${participle}.`,
};

for (const [how, sentence] of Object.entries({ ...SENTENCES, ...PASSIVES }))
  test(`what is said to be done as well is seen: ${how}`, () => {
    for (const loss of LOSSES) assert.equal(CLASS_TABLE[classOf(sentence(loss))].risk, 'critical', sentence(loss));
    for (const change of CHANGES)
      assert.equal(CLASS_TABLE[classOf(sentence(change))].category, 'Write', sentence(change));
  });

/** By what makes each harmless. */
const MIRRORS: Readonly<Record<string, readonly string[]>> = {
  'a participle tells of the things': [
    'Gets the deleted frobs.',
    'Returns a list of created and deleted frobs.',
    'Gets frobs created and updated since a date.',
    'Lists frobs that were deleted and emails that were sent.',
    'Lists frobs. Deleted ones are removed from the list.',
    'Lists logs. Logs are deleted after 30 days.',
    'Lists backups; the old ones are deleted after 30 days.',
    'Shows the plan: what will be created, updated and deleted.',
    'Returns frobs marked as read and moved to the archive.',
  ],
  'a verb may be a noun': [
    'Lists frobs and their reset dates.',
    'Search posts and replies.',
    'Lists transfers and charges.',
    'Lists charges and the refunds made on them.',
    'Returns updates and posts by frob.',
    'Lists the posts and updates the guest wrote.',
    'Lists rooms and charges the guest has.',
    'Shows reads and writes per second.',
    'Returns reads, writes and deletes of a disk.',
    'Lists emails and sends counts.',
    'Lists installs and upgrades of the app.',
    'Lists grants and who received them.',
    'Returns the price and the charge for it.',
    'Get the frobs and post counts.',
    'Explains in steps:\n  * Changes in approach\n  * Updates to the plan',
  ],
  'it is denied': [
    'Gets the frob; does not delete it.',
    'Gets the frob and does not modify or delete anything.',
    'Lists the frobs without modifying and deleting them.',
    'Lists the frobs. Never deletes any.',
    'Gets the page; it never modifies the original.',
    'Gets the list; clears nothing.',
    'Checks whether an address accepts mail, and sends nothing.',
  ],
  'something else does it': [
    'Gets the frob. Use delete_frob to delete it.',
    'Lists jobs that run daily and delete the old ones.',
    'Lists the frobs that a job archives and deletes later.',
    'Finds rules that match a domain and block the request.',
    'Lists webhooks that fire when someone creates or deletes a page.',
    'Explains what happens when somebody deletes the account and sends a message.',
    'Gets a retention rule: the rule deletes the old files.',
    'Gets the quote. The guest can also cancel the order.',
    'Lists drafts. To send one, use send_draft, which sends the draft.',
  ],
  'it is what reading is for': [
    'Gets the data you need to create and send an invoice.',
    'Check the balance before transferring the funds.',
    'Gets the current version. Call this before deleting the page.',
    'Verifies that the frob exists before sending the message.',
    'Tips for creating, updating and deleting the records.',
    'Explains how to delete the frob and reset its password.',
    'Gets an upload URL. Then upload the file to it with PUT.',
  ],
  'only the answer is worked on': [
    'Fetches data by sending a request to the API.',
    'Gets the frobs. It then executes the query and returns rows.',
    'Analyzes the text and creates a summary.',
    'Extracts text, removing the markup and the scripts.',
    'Returns the text, dropping the empty lines.',
    'Lists the frobs, removing the duplicates.',
    'Gets the frobs. This saves a round trip.',
  ],
};

for (const [why, descriptions] of Object.entries(MIRRORS))
  test(`a tool that reads stays one where ${why}`, () => {
    for (const description of descriptions) assert.equal(classOf(description), 'Read', description);
  });

test('what is joined to reading in another language is seen, and what is denied or told of others is not', () => {
  for (const description of [
    'Obtiene el usuario y elimina sus datos.',
    'Récupère l’utilisateur et supprime ses données.',
    'Listet die Benutzer auf und löscht die alten.',
    'Obtém o usuário e apaga os dados dele.',
  ])
    assert.equal(classOf(description), 'Destructive', description);
  for (const description of [
    'Obtiene el usuario sin eliminar nada.',
    'Lista los usuarios eliminados.',
    'Lista los trabajos que crea y elimina un usuario.',
    'Récupère les utilisateurs supprimés.',
  ])
    assert.equal(classOf(description), 'Read', description);
});

test('a verb at the end of a long text is seen, and a text made of verbs takes no time worth speaking of', () => {
  assert.equal(
    classOf(`Lists the frobs. ${'The deleted ones are not counted. '.repeat(4_000)}It deletes all.`),
    'Destructive',
  );
  assert.equal(classOf('Lists frobs that '.concat('a job deletes and '.repeat(10_000))), 'Read');
});
