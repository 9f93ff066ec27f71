/** Where everything stands. The braces keep it together in a cluster. */
const BASE = '{policylayer}:';

export const KEYS = {
  version: `${BASE}version`,
  counter: `${BASE}counter:`,
  audit: `${BASE}audit`,
  auditHead: `${BASE}audit-head`,
  grant: `${BASE}grant:`,
  grantIds: `${BASE}grants`,
  grantLabels: `${BASE}grant-labels`,
  grantTokens: `${BASE}grant-tokens`,
  approval: `${BASE}approval:`,
  approvalIds: `${BASE}approvals`,
} as const;
