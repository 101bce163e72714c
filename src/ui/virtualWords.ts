import type { PhoneSystem } from '../core/virtualApp';

/** The systems of the virtual iPhone, as people know them. */
export const SYSTEM_TITLES: { readonly [S in PhoneSystem]: string } = {
  'ios-26.4': 'iOS 26.4 or newer',
  older: 'iOS before 26.4',
};
