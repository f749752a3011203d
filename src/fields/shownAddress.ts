/** An address in the admin as its owner writes it, in lists and below its field. */
export const shownAddress = {
  components: {
    Cell: '/admin/parts/ShownAddress.tsx#AddressCell',
    afterInput: ['/admin/parts/ShownAddress.tsx#AddressBelow'],
  },
}
