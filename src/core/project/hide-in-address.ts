import { isSecretName, looksLikeToken } from '../secrets/secret-looking.ts';
import type { SecretNames } from './secret-names.ts';

const ADDRESS_PARTS = /^([a-z][a-z0-9+.-]*:\/\/)(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An address with placeholders for its user, and for what in path, query and fragment looks like a secret. */
export function hideInAddress(address: string, names: SecretNames): string {
  const [, scheme = '', user, host = '', path = '', query, fragment = ''] = ADDRESS_PARTS.exec(address) ?? [];
  if (scheme === '') return address;
  const segments = path.split('/').map((segment) => (isCapability(segment) ? names.hide(segment, 'token') : segment));
  const settings = query?.split('&').map((setting) => hideInSetting(setting, names));
  return [
    scheme,
    user === undefined ? '' : `${names.hide(user, 'login')}@`,
    host,
    segments.join('/'),
    settings === undefined ? '' : `?${settings.join('&')}`,
    fragment === '' ? '' : `#${names.hide(fragment.slice(1), 'fragment')}`,
  ].join('');
}

function hideInSetting(setting: string, names: SecretNames): string {
  const [, name = '', value = ''] = /^([^=]*=)?(.*)$/s.exec(setting) ?? [];
  return isSecretName(name) || isCapability(value) ? name + names.hide(value, name) : setting;
}

/** Who knows the address may use it: the file is shared, so that here a mere identifier counts as well. */
function isCapability(part: string): boolean {
  const word = decoded(part);
  return looksLikeToken(word) || UUID.test(word);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
