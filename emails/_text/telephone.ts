/** `08-777 28 68` -> `tel:08-7772868` */
export const telephone = (phone: string): string => `tel:${phone.replace(/[^\d+*#-]/g, '')}`
