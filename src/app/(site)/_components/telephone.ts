/** `08-123 45 67` -> `tel:08-1234567` */
export const telephone = (phone: string): string => `tel:${phone.replace(/\s+/g, '')}`
