/** The cookie that holds a session's secret. */
export const SESSION_COOKIE = 'red-sail-console';
