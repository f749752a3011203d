import * as migration_20261124_225638_initial from './20261124_225638_initial';
import * as migration_20261125_014714_delivery_engine from './20261125_014714_delivery_engine';
import * as migration_20261125_074244_delivery_tags from './20261125_074244_delivery_tags';
import * as migration_20261128_102734_subscriber_life from './20261128_102734_subscriber_life';
import * as migration_20261129_013500_pictures from './20261129_013500_pictures';
import * as migration_20261129_020254_link_keys from './20261129_020254_link_keys';
import * as migration_20261129_023156_accounts from './20261129_023156_accounts';
import * as migration_20261129_024821_slugs from './20261129_024821_slugs';
import * as migration_20261129_083641_postponed from './20261129_083641_postponed';
import * as migration_20261129_091258_data_folders from './20261129_091258_data_folders';
import * as migration_20261129_095447_mail_sizes from './20261129_095447_mail_sizes';
import * as migration_20261129_121807_save_turns from './20261129_121807_save_turns';
import * as migration_20261129_132219_webhook_queue from './20261129_132219_webhook_queue';
import * as migration_20261129_134250_presences from './20261129_134250_presences';
import * as migration_20261129_211635_article_relations from './20261129_211635_article_relations';
import * as migration_20261130_092109_logo_on_dark from './20261130_092109_logo_on_dark';
import * as migration_20261130_093000_taken_down_by from './20261130_093000_taken_down_by';
import * as migration_20261130_094046_test_mails from './20261130_094046_test_mails';
import * as migration_20261130_114549_hold_and_undo from './20261130_114549_hold_and_undo';
import * as migration_20261130_152317_override from './20261130_152317_override';
import * as migration_20261130_184146_plans from './20261130_184146_plans';
import * as migration_20261130_190357_desk from './20261130_190357_desk';
import * as migration_20261130_195126_reviews from './20261130_195126_reviews';
import * as migration_20261130_214341_visibility from './20261130_214341_visibility';
import * as migration_20261130_214443_people from './20261130_214443_people';
import * as migration_20261130_220142_imports from './20261130_220142_imports';
import * as migration_20261130_221020_editions from './20261130_221020_editions';
import * as migration_20261201_012756_canary from './20261201_012756_canary';
import * as migration_20261201_012913_campaign_moves from './20261201_012913_campaign_moves';
import * as migration_20261201_025029_files from './20261201_025029_files';

export const migrations = [
  {
    up: migration_20261124_225638_initial.up,
    down: migration_20261124_225638_initial.down,
    name: '20261124_225638_initial',
  },
  {
    up: migration_20261125_014714_delivery_engine.up,
    down: migration_20261125_014714_delivery_engine.down,
    name: '20261125_014714_delivery_engine',
  },
  {
    up: migration_20261125_074244_delivery_tags.up,
    down: migration_20261125_074244_delivery_tags.down,
    name: '20261125_074244_delivery_tags',
  },
  {
    up: migration_20261128_102734_subscriber_life.up,
    down: migration_20261128_102734_subscriber_life.down,
    name: '20261128_102734_subscriber_life',
  },
  {
    up: migration_20261129_013500_pictures.up,
    down: migration_20261129_013500_pictures.down,
    name: '20261129_013500_pictures',
  },
  {
    up: migration_20261129_020254_link_keys.up,
    down: migration_20261129_020254_link_keys.down,
    name: '20261129_020254_link_keys',
  },
  {
    up: migration_20261129_023156_accounts.up,
    down: migration_20261129_023156_accounts.down,
    name: '20261129_023156_accounts',
  },
  {
    up: migration_20261129_024821_slugs.up,
    down: migration_20261129_024821_slugs.down,
    name: '20261129_024821_slugs',
  },
  {
    up: migration_20261129_083641_postponed.up,
    down: migration_20261129_083641_postponed.down,
    name: '20261129_083641_postponed',
  },
  {
    up: migration_20261129_091258_data_folders.up,
    down: migration_20261129_091258_data_folders.down,
    name: '20261129_091258_data_folders',
  },
  {
    up: migration_20261129_095447_mail_sizes.up,
    down: migration_20261129_095447_mail_sizes.down,
    name: '20261129_095447_mail_sizes',
  },
  {
    up: migration_20261129_121807_save_turns.up,
    down: migration_20261129_121807_save_turns.down,
    name: '20261129_121807_save_turns',
  },
  {
    up: migration_20261129_132219_webhook_queue.up,
    down: migration_20261129_132219_webhook_queue.down,
    name: '20261129_132219_webhook_queue',
  },
  {
    up: migration_20261129_134250_presences.up,
    down: migration_20261129_134250_presences.down,
    name: '20261129_134250_presences',
  },
  {
    up: migration_20261129_211635_article_relations.up,
    down: migration_20261129_211635_article_relations.down,
    name: '20261129_211635_article_relations',
  },
  {
    up: migration_20261130_092109_logo_on_dark.up,
    down: migration_20261130_092109_logo_on_dark.down,
    name: '20261130_092109_logo_on_dark',
  },
  {
    up: migration_20261130_093000_taken_down_by.up,
    down: migration_20261130_093000_taken_down_by.down,
    name: '20261130_093000_taken_down_by',
  },
  {
    up: migration_20261130_094046_test_mails.up,
    down: migration_20261130_094046_test_mails.down,
    name: '20261130_094046_test_mails',
  },
  {
    up: migration_20261130_114549_hold_and_undo.up,
    down: migration_20261130_114549_hold_and_undo.down,
    name: '20261130_114549_hold_and_undo',
  },
  {
    up: migration_20261130_152317_override.up,
    down: migration_20261130_152317_override.down,
    name: '20261130_152317_override',
  },
  {
    up: migration_20261130_184146_plans.up,
    down: migration_20261130_184146_plans.down,
    name: '20261130_184146_plans',
  },
  {
    up: migration_20261130_190357_desk.up,
    down: migration_20261130_190357_desk.down,
    name: '20261130_190357_desk',
  },
  {
    up: migration_20261130_195126_reviews.up,
    down: migration_20261130_195126_reviews.down,
    name: '20261130_195126_reviews',
  },
  {
    up: migration_20261130_214341_visibility.up,
    down: migration_20261130_214341_visibility.down,
    name: '20261130_214341_visibility',
  },
  {
    up: migration_20261130_214443_people.up,
    down: migration_20261130_214443_people.down,
    name: '20261130_214443_people',
  },
  {
    up: migration_20261130_220142_imports.up,
    down: migration_20261130_220142_imports.down,
    name: '20261130_220142_imports',
  },
  {
    up: migration_20261130_221020_editions.up,
    down: migration_20261130_221020_editions.down,
    name: '20261130_221020_editions',
  },
  {
    up: migration_20261201_012756_canary.up,
    down: migration_20261201_012756_canary.down,
    name: '20261201_012756_canary',
  },
  {
    up: migration_20261201_012913_campaign_moves.up,
    down: migration_20261201_012913_campaign_moves.down,
    name: '20261201_012913_campaign_moves',
  },
  {
    up: migration_20261201_025029_files.up,
    down: migration_20261201_025029_files.down,
    name: '20261201_025029_files'
  },
];
