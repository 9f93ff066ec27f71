import { hash } from 'node:crypto';
import { type CompiledPolicy, compilePolicy } from '../core/policy/compile-policy.ts';
import { pathText } from '../core/policy/json-pointer.ts';
import { UserError } from '../core/user-error.ts';
import { readTextFile, textUnreadable } from '../io/files/bounded-text.ts';
import { fileStamp } from '../io/files/file-stamp.ts';
import { isFile } from '../io/files/is-file.ts';
import { watchFiles } from '../io/files/watch-files.ts';
import { policyInvalid } from '../io/policy/policy-input-errors.ts';
import { readPolicyText } from '../io/policy/read-policy.ts';
import type { Log } from './event.ts';
import type { PolicyRead, PolicySource } from './policy-source.ts';

export interface PolicyPlace {
  /** Files whose change may move the policy elsewhere, such as the project file. */
  readonly beside: readonly string[];
  /** Where the policy stands now. */
  readonly find: () => Promise<string>;
}

export interface LivePolicy extends PolicySource {
  close(): void;
}

/**
 * The policy of a file as the file is now. Throws UserError where it is not valid at the start; later one that is not
 * valid, or gone, is told of, and the last good one goes on to hold.
 */
export async function openLivePolicy(place: PolicyPlace, server: string, log: Log): Promise<LivePolicy> {
  const listeners = new Set<(policy: CompiledPolicy, before: CompiledPolicy) => void>();
  const readers = new Set<(read: PolicyRead) => void>();
  let path = await place.find();
  const stampsNow = (): string => [...place.beside, path].map(fileStamp).join('\n');
  let stamps = stampsNow();
  let current = await compiled(await readTextFile(path, path), path);
  let loading: Promise<CompiledPolicy> | null = null;

  const load = async (): Promise<CompiledPolicy> => {
    // Noted before it is read: what is saved meanwhile is a change that comes after.
    const before = { stamps: stampsNow(), policy: current };
    let outcome: PolicyRead['outcome'] = 'policy-refused';
    let digest: string | null = null;
    try {
      path = await place.find();
      before.stamps = stampsNow();
      // Opening a pipe waits until somebody writes into it, and all calls would wait with it.
      if (!isFile(path)) throw textUnreadable(path, 'It is gone, or no file.');
      const text = await readTextFile(path, path);
      digest = hash('sha256', text, 'hex');
      current = await compiled(text, path);
      outcome = 'policy-changed';
      log({ event: 'policy-changed', level: 'info', server, message: `The policy "${path}" was read again.` });
    } catch (error) {
      log({ event: 'policy-refused', level: 'error', server, message: `${told(error)} THE LAST VALID POLICY HOLDS.` });
    }
    stamps = before.stamps;
    for (const reader of readers) reader({ outcome, digest });
    if (current !== before.policy) for (const listener of listeners) listener(current, before.policy);
    return current;
  };
  const refresh = (): CompiledPolicy | Promise<CompiledPolicy> => {
    if (loading === null && stampsNow() === stamps) return current;
    // One that is being read may be older than what was saved since.
    loading = (loading ?? Promise.resolve()).then(() => (stampsNow() === stamps ? current : load()));
    const mine = loading;
    void mine.finally(() => {
      if (loading === mine) loading = null;
    });
    return mine;
  };
  let stop = watchFiles([...place.beside, path], () => void refresh());
  let watched = path;
  listeners.add(() => {
    if (path === watched) return;
    watched = path;
    stop();
    stop = watchFiles([...place.beside, path], () => void refresh());
  });
  return {
    get current() {
      return current;
    },
    refresh,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onRead(reader) {
      readers.add(reader);
      return () => readers.delete(reader);
    },
    close: () => stop(),
  };
}

async function compiled(text: string, path: string): Promise<CompiledPolicy> {
  const { policy, problems, regex } = await readPolicyText(text, path);
  if (policy !== null) return compilePolicy(policy, { regex });
  throw policyInvalid(
    path,
    problems.map(({ line, path: at, message }) => `line ${line}: ${pathText(at)} ${message}`),
  );
}

const told = (error: unknown): string =>
  error instanceof UserError
    ? `${error.message} ${error.because}`
    : error instanceof Error
      ? error.message
      : String(error);
