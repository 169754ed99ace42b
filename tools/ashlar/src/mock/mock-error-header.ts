/** Names the declared error that a mock is to answer with. */
export const mockErrorHeader = 'x-mock-error'
