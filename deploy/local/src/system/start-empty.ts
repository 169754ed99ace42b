/** What to do when kept files cannot be mended. */
export const startEmpty = 'To start empty: npm run dev -- --fresh'
