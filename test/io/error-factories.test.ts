import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as wrapping from '../../src/cli/wrap/wrap-errors.ts';
import { clientUnknown } from '../../src/core/clients/select-clients.ts';
import { headersForSeveralHosts, targetNotUnderstood } from '../../src/core/parse-targets.ts';
import type { UserError } from '../../src/core/user-error.ts';
import { addressNotUsable, grantsNeeded, portInUse } from '../../src/gateway/http/listener-errors.ts';
import { authorizationRequired, credentialsRefused } from '../../src/io/authorization-required.ts';
import { textUnreadable } from '../../src/io/bounded-text.ts';
import * as configEdit from '../../src/io/clients/edit/edit-errors.ts';
import * as http from '../../src/io/http-errors.ts';
import * as listing from '../../src/io/listing-errors.ts';
import * as oauth from '../../src/io/oauth/oauth-errors.ts';
import { outputBehindLink } from '../../src/io/policy-file-errors.ts';
import * as policyInput from '../../src/io/policy-input-errors.ts';
import * as project from '../../src/io/project-errors.ts';
import * as stdio from '../../src/io/stdio-errors.ts';
import { valuesMissing } from '../../src/io/values-missing.ts';
import * as findPolicy from '../../src/workflows/find-policy-errors.ts';

const { registrationRefused, signInTimedOut, ...signIn } = oauth;

const parts = {
  challenge: '',
  address: 'https://h.test/mcp',
  because: 'So.',
  serverOutput: ['a line'],
  timeoutMs: 1000,
  doing: 'connecting',
};

const errors: UserError[] = [
  ...Object.values(http).map((factory) => factory('x', 'So.')),
  ...Object.values(listing).map((factory) => factory('x', parts)),
  ...Object.values(signIn).map((factory) => factory('x', 'So.')),
  registrationRefused('x', parts),
  signInTimedOut('x', 5),
  authorizationRequired('x', parts),
  credentialsRefused('x', parts),
  stdio.programNotFound('x', 'npx', 'Install it.'),
  stdio.programNotStarted('x', 'So.'),
  stdio.directoryNotFound('x', '/y'),
  stdio.packageNotFound('x', parts),
  stdio.variableMissing('x', ['A_KEY', 'B_KEY'], parts),
  stdio.usagePrinted('x', parts),
  stdio.programBroken('x', parts),
  stdio.serverExited('x', parts),
  stdio.serverDiedListing('x', parts),
  project.projectUnreadable('x', 'So.'),
  project.projectNotWritable('x', 'So.'),
  project.projectBehindLink('x', '/y'),
  project.projectInvalid('x', Array(20).fill('line 1: so')),
  findPolicy.earlierPolicyInvalid('x', ['line 1: so']),
  findPolicy.policyElsewhere('x'),
  findPolicy.policyBehindLink('x', '/y'),
  findPolicy.policyShared('x', 'y'),
  outputBehindLink('x', '/y'),
  policyInput.policyInvalid('x', Array(20).fill('line 1: so')),
  policyInput.casesInvalid('x', ['line 1: so']),
  policyInput.argumentsInvalid('So.'),
  textUnreadable('x', 'So.'),
  valuesMissing('x', ['A', 'B']),
  clientUnknown('x', ['y']),
  ...Object.values(configEdit).map((factory) => factory('/x', 'So.')),
  wrapping.noProjectToWrap(),
  wrapping.policyNotUsable('x', 'y'),
  wrapping.serverNotInClient('x', 'Y', ['z']),
  wrapping.nothingToWrap('X'),
  wrapping.nothingToUnwrap('X'),
  wrapping.agreementNeeded('wrap'),
  wrapping.clientNotNamed(),
  wrapping.clientAndAll(),
  portInUse('127.0.0.1:1'),
  addressNotUsable('127.0.0.1:1', 'So.'),
  grantsNeeded('0.0.0.0:1'),
  targetNotUnderstood(['x']),
  headersForSeveralHosts(['https://a', 'https://b']),
];

test('every failure says what happened, why, and what to do, in full sentences on one line each', () => {
  for (const { code, message, because, hint } of errors) {
    for (const text of [message, because, hint]) assert.match(text, /^[A-Z].*[.)]$/, `${code}: ${text}`);
    assert.match(message, /\.$/, code);
  }
});

test('every failure has a code of its own, in upper snake case', () => {
  const codes = errors.map(({ code }) => code);
  for (const code of codes) assert.match(code, /^[A-Z]+(?:_[A-Z]+)*$/);
  assert.equal(new Set(codes).size, codes.length);
});
