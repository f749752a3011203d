export const isAnyone = (): boolean => true
