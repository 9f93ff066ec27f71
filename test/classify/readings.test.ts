/** What whole definitions are read as, where one word alone would mislead. Each was invented for this table. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/core/classify/judge.ts';
import type { Example } from '../../src/core/classify/rule.ts';
import { lonelyToolView } from '../../src/core/classify/tool-view.ts';
import type { ToolClass } from '../../src/core/verdict.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const { lexicon } = readKnowledge({ catalog: false });

/** Each example with the class it is judged to be. */
function areRead(as: ToolClass, ...examples: readonly Example[]): void {
  for (const example of examples)
    assert.equal(judge(lonelyToolView(example, lexicon)).class, as, JSON.stringify(example));
}

const told = (description: string): Example => ({ name: 'frob', description });

test('what moves a robot, a figure in a game or a lamp runs, and a document that is moved or turned does not', () => {
  areRead(
    'Execute',
    told('Move the rover to a point on the map'),
    told('Turn the drone to the left by some degrees.'),
    told('Make the avatar wave at the others'),
    told('Walk forward for a number of ticks.'),
    told('Turn a lamp on with a colour of your choice.'),
    told('Turn the garden pump off.'),
    told("Turn on the owner's computer"),
    told('Dig a block at the given place'),
    { name: 'strafe_left', description: 'Sidestep left. Returns what is seen from there.' },
  );
  areRead('Write', told('Move a page to another notebook.'), told('Turn a page into a template.'));
});

test('work that is handed in, done again or suspended is work that runs', () => {
  areRead(
    'Execute',
    told('Submit a pipeline and return its id at once.'),
    told('Re-run what made this picture, with other settings.'),
    told('Suspends a running container.'),
  );
  areRead('Write', told('Submit a form to the office.'), told('Suspend an account.'));
});

test('setting a counter to zero or emptying one field is no loss', () => {
  areRead('Write', told('Reset the unread counter of a room.'), told("Clear an entry's due date and put it back."));
  areRead('Destructive', told('Reset the database.'), told('Clear the archive.'));
});

test('blocking until something happens is waiting, and blocking somebody is a change', () => {
  areRead('Other', { name: 'wait_for_turn', description: 'Block until the board changes, or until time is up.' });
  areRead('Write', { name: 'block_guest', description: 'Block a guest.' });
});

test('what has to happen first is not what is done', () => {
  areRead('Execute', told('Auto-operate the machine and stop when a sensor changes.'));
});

test('a verb that is part of a title, or stands behind "by", does not say what is done', () => {
  areRead('Read', { name: 'get_frob', description: 'Run status: what each part has done so far.' });
  areRead('Read', { name: 'duplicate_groups', description: 'Groups of equal pictures (read-only).' });
  areRead('Other', { name: 'by_type' });
});

test('a file that is generated stays', () => {
  areRead('Write', { name: 'manual_docs', description: 'Generate FROB.md file with all commands.' });
});

test('Chinese and Japanese verbs that only say when or in which state are passed over', () => {
  areRead(
    'Read',
    told('担当者の一覧 - 予約作成時に必要な情報を参照'),
    told('删除前检查引用'),
    told('列表：已删除的页面'),
  );
  areRead(
    'Write',
    told('会議室を取得して既読にマークする'),
    told('完成盘点(确认收货)。'),
    told('换货（写操作，需用户确认）。'),
  );
  areRead('Financial', told('退票，调用前先查询车次'));
  areRead('Destructive', told('删除页面'));
  areRead('Read', told('按仓位查数量'));
});

test('a name that ends in a verb is read from there where the description says the same of its first word', () => {
  areRead('Write', { name: 'trigger_create', description: 'Create a new trigger for a sensor.' });
  areRead('Execute', { name: 'trigger_create', description: 'Starts what was prepared.' });
});

test('to stop sharing is a change of who sees something', () => {
  areRead('Write', { name: 'stop_sharing_album', description: 'Stop sharing an album.' });
  areRead('Execute', { name: 'stop_engine', description: 'Stop the engine.' });
});

test('two words that are one verb are read as one', () => {
  areRead('Execute', told('Turns off the heating.'), told('Roll back a release.'));
  areRead('Read', told('Look up a word.'), told('Check in the list whether a word is there.'));
});

test('promoting a release, firing a hook, opening a file in an editor and making a raw request run something', () => {
  areRead(
    'Execute',
    told('Promotes a release to the next stage.'),
    { name: 'test_webhook', description: 'Test a webhook.' },
    told('Open a note in the default editor'),
    told('Make a raw request to the service. Honors --dry-run.'),
  );
  areRead('Write', told('Promote a member to moderator.'));
});

test('a dry run that is only an option limits nothing', () => {
  areRead('Write', { name: 'frob_api', description: 'Make an entry at the service. Honors --dry-run.' });
  areRead('Read', { name: 'check_plan', description: 'Dry-run validation: finds missing steps.' });
});

test('what is sent with an amount is money, whatever it is called', () => {
  const inputSchema = { properties: { amount: { type: 'number' }, to: { type: 'string' } } };
  areRead('Financial', { name: 'send_certificate', description: 'Send a certificate to a guest.', inputSchema });
  areRead('Write', { name: 'record_expense', description: 'Record an expense.', inputSchema });
});

test('inspections and what only names something to be told are read', () => {
  areRead('Read', { name: 'run_inspections', description: 'Runs the inspections of a file.' });
  areRead('Read', { name: 'heavy_shelves', description: 'Heaviest shelves of a room.' });
});

test('putting a setting or a view back to where it began is no loss, and resetting a chip runs it anew', () => {
  areRead(
    'Write',
    { name: 'preferences_reset', description: 'Reset a preference to its default value.' },
    { name: 'cursor_reset', description: 'Reset/set the cursor of a reader.' },
    told('Reset the figures to their starting position'),
  );
  areRead('Execute', { name: 'chip_reset', description: 'Reset the connected device.' });
  areRead('Destructive', told('Reset the branch to a given state.'), {
    name: 'factory_reset',
    description: 'Factory-reset the device.',
  });
});

test('what is opened to be written in, and what is created where it is missing, is no read', () => {
  areRead('Execute', told('Opens an editor for a new text.'));
  areRead('Write', { name: 'open_diary', description: "Opens today's page, creating it if absent." });
  areRead('Read', { name: 'explain_frob', description: '获取语法分析和执行计划分析' });
});

test('to stop following or taking something, and to take a lock, changes what is written down', () => {
  areRead('Write', told('Stop following a serial.'), told('Stop a medication.'), {
    name: 'writer_acquire',
    description: 'Acquire or renew the writer lease used by all.',
  });
  areRead('Execute', told('Release a key that is held down.'), told('Stop the pump.'));
  areRead('Read', told('Acquire a picture of the sky.'));
});

test('when to use a tool is not what it does', () => {
  areRead('Read', { name: 'calendar_links', description: "The owner's links. Use when a guest wants to book a talk." });
});
