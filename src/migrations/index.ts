import * as migration_20261124_213649_initial from './20261124_213649_initial';

export const migrations = [
  {
    up: migration_20261124_213649_initial.up,
    down: migration_20261124_213649_initial.down,
    name: '20261124_213649_initial'
  },
];
