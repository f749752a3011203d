import { ArticleLanguages as ArticleLanguages_588f9bd0bcad5d18f40507ed77bf13ed } from '../../../admin/languages/ArticleLanguages.tsx'
import { ArticleReview as ArticleReview_6e100c21aa27b98bf1f9e549f2a37708 } from '../../../admin/reviews/ArticleReview.tsx'
import { ArticlePlans as ArticlePlans_927251deb01faa8cea62a971a66cfd0c } from '../../../admin/plans/ArticlePlans.tsx'
import { RscEntryLexicalCell as RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { RscEntryLexicalField as RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { LexicalDiffComponent as LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { ParagraphFeatureClient as ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HeadingFeatureClient as HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BoldFeatureClient as BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ItalicFeatureClient as ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnderlineFeatureClient as UnderlineFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { StrikethroughFeatureClient as StrikethroughFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { InlineCodeFeatureClient as InlineCodeFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { LinkFeatureClient as LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnorderedListFeatureClient as UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { OrderedListFeatureClient as OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ChecklistFeatureClient as ChecklistFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { IndentFeatureClient as IndentFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BlockquoteFeatureClient as BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HorizontalRuleFeatureClient as HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { TableFeatureClient as TableFeatureClient_c84757d589347971250f0c118a26cb74 } from '../../../admin/tables/feature.client.tsx'
import { UploadFeatureClient as UploadFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BlocksFeatureClient as BlocksFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { PastingFeatureClient as PastingFeatureClient_1ef6db5d75f8c4ec6b2841a7c4e9c912 } from '../../../admin/pasting/feature.client.tsx'
import { LinkKeyFeatureClient as LinkKeyFeatureClient_5e303d215974f4e3bd615e3ff7faf351 } from '../../../admin/linking/feature.client.tsx'
import { KeptBlock as KeptBlock_d85020912af6bb05b9a042490b6152f8 } from '../../../admin/saving/KeptBlock.tsx'
import { FixedToolbarFeatureClient as FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ArticleCampaign as ArticleCampaign_f1a88e566bd47dbe58ff824c60f7d2ab } from '../../../admin/campaign/ArticleCampaign.tsx'
import { PreflightPanel as PreflightPanel_6d88628218798ab67e8d237ef488fde0 } from '../../../admin/preflight/PreflightPanel.tsx'
import { MailLook as MailLook_6157f3d431ac52067f510634c131e5e2 } from '../../../admin/look/MailLook.tsx'
import { SlugField as SlugField_2b8867833a34864a02ddf429b0728a40 } from '@payloadcms/next/client'
import { Presence as Presence_08c4c9cd03b5d0554b2fd0fcf2bcef0b } from '../../../admin/saving/Presence.tsx'
import { LookBeside as LookBeside_da7e87f85e04339c14d75a0f2fe0b168 } from '../../../admin/look/LookBeside.tsx'
import { PublishForecast as PublishForecast_db5345856885f29c33027ab1f80e49fd } from '../../../admin/campaign/PublishForecast.tsx'
import { PublishButton as PublishButton_890f574383b69f30768c23f9e7dc909e } from '../../../admin/saving/buttons.tsx'
import { SaveDraftButton as SaveDraftButton_890f574383b69f30768c23f9e7dc909e } from '../../../admin/saving/buttons.tsx'
import { CampaignControl as CampaignControl_810e3d25a6ff2971f26726afb654ba6d } from '../../../admin/campaign/CampaignControl.tsx'
import { PersonActions as PersonActions_9095d8dbfef2b89a5009b38b19d44501 } from '../../../admin/person/PersonActions.tsx'
import { AddressCell as AddressCell_0ae4b42026a97820c3d12ad4aff55117 } from '../../../admin/parts/ShownAddress.tsx'
import { AddressBelow as AddressBelow_0ae4b42026a97820c3d12ad4aff55117 } from '../../../admin/parts/ShownAddress.tsx'
import { QuietCell as QuietCell_42ab6854455a49ee22e2d4bc26b614c9 } from '../../../admin/parts/QuietCell.tsx'
import { Timeline as Timeline_8065324311365a041a9de2366ef2f689 } from '../../../admin/person/Timeline.tsx'
import { ImportLink as ImportLink_d600bc34196ccf5e173fe7587e7ca125 } from '../../../admin/import/ImportLink.tsx'
import { LiftControl as LiftControl_9f6581421c860073f15fb8535368ced2 } from '../../../admin/suppressions/LiftControl.tsx'
import { SuppressionForms as SuppressionForms_853c134a04c952708091adc5714e5610 } from '../../../admin/suppressions/SuppressionForms.tsx'
import { ContactAnswer as ContactAnswer_74fe9727a721c873628ca7ce75a2e306 } from '../../../admin/contact/ContactAnswer.tsx'
import { CurrentPasswordField as CurrentPasswordField_d5181ab17a4325caabee0a27889f7d62 } from '../../../admin/users/CurrentPasswordField.tsx'
import { SetupCodeField as SetupCodeField_11de846961994b6574190f262e0c9b7e } from '../../../admin/users/SetupCodeField.tsx'
import { MailControl as MailControl_afc6a8c0a11ca1f91130a587acf4afa4 } from '../../../admin/transactional/MailControl.tsx'
import { PlanControl as PlanControl_9e81e729a551bc66284732249f685d27 } from '../../../admin/plans/PlanControl.tsx'
import { DueCell as DueCell_27990c019061fedcff95df8d20e6b544 } from '../../../admin/plans/DueCell.tsx'
import { CanaryNote as CanaryNote_c393245c50a730340cac004c30fbc155 } from '../../../admin/canary/CanaryNote.tsx'
import { TestLetters as TestLetters_b2b0b0abec6b7760fe2fde3ad3bad685 } from '../../../admin/look/TestLetters.tsx'
import { HoldBanner as HoldBanner_530c1428f93a38997a2832b34042c439 } from '../../../admin/hold/HoldBanner.tsx'
import { WorkerBanner as WorkerBanner_5bd29b21491fa35a92e9c6d7223f2b35 } from '../../../admin/worker/WorkerBanner.tsx'
import { Icon as Icon_322333f5a20270dec8fdb7f759dcdf2f } from '../../../admin/branding/Icon.tsx'
import { Logo as Logo_2800df609857adff31e4e775c17701e0 } from '../../../admin/branding/Logo.tsx'
import { ImportNavLink as ImportNavLink_c2d695b2c8e0687bfadd46f8e721b947 } from '../../../admin/import/ImportNavLink.tsx'
import { OutboxNavLink as OutboxNavLink_c0f5e8d028d284af5ed708cfdba3c944 } from '../../../admin/outbox/OutboxNavLink.tsx'
import { FirstUserForm as FirstUserForm_eb4eb957cae82d55f98bfc535f8f2575 } from '../../../admin/users/FirstUserForm.tsx'
import { WholeMessages as WholeMessages_1f5deeb06908f73286eb4b5078218645 } from '../../../admin/refusals/WholeMessages.tsx'
import { SaveWatch as SaveWatch_db52e66e7563f38590296ceebd63dff4 } from '../../../admin/saving/SaveWatch.tsx'
import { NewestState as NewestState_cf9421ae5f3b9ab78f39b20961ab099a } from '../../../admin/saving/NewestState.tsx'
import { DeskView as DeskView_62e5e4e923342a18bedde8e76b972958 } from '../../../admin/desk/DeskView.tsx'
import { OutboxView as OutboxView_404728b8dd9cadd3fec46f3ea2003011 } from '../../../admin/outbox/OutboxView.tsx'
import { ImportView as ImportView_cda3ef593b06cd4a563316dac0c7dc94 } from '../../../admin/import/ImportView.tsx'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/admin/languages/ArticleLanguages.tsx#ArticleLanguages": ArticleLanguages_588f9bd0bcad5d18f40507ed77bf13ed,
  "/admin/reviews/ArticleReview.tsx#ArticleReview": ArticleReview_6e100c21aa27b98bf1f9e549f2a37708,
  "/admin/plans/ArticlePlans.tsx#ArticlePlans": ArticlePlans_927251deb01faa8cea62a971a66cfd0c,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalCell": RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalField": RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#LexicalDiffComponent": LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/client#ParagraphFeatureClient": ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HeadingFeatureClient": HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BoldFeatureClient": BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ItalicFeatureClient": ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnderlineFeatureClient": UnderlineFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#StrikethroughFeatureClient": StrikethroughFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#InlineCodeFeatureClient": InlineCodeFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#LinkFeatureClient": LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnorderedListFeatureClient": UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#OrderedListFeatureClient": OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ChecklistFeatureClient": ChecklistFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#IndentFeatureClient": IndentFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BlockquoteFeatureClient": BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HorizontalRuleFeatureClient": HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/tables/feature.client.tsx#TableFeatureClient": TableFeatureClient_c84757d589347971250f0c118a26cb74,
  "@payloadcms/richtext-lexical/client#UploadFeatureClient": UploadFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BlocksFeatureClient": BlocksFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/pasting/feature.client.tsx#PastingFeatureClient": PastingFeatureClient_1ef6db5d75f8c4ec6b2841a7c4e9c912,
  "/admin/linking/feature.client.tsx#LinkKeyFeatureClient": LinkKeyFeatureClient_5e303d215974f4e3bd615e3ff7faf351,
  "/admin/saving/KeptBlock.tsx#KeptBlock": KeptBlock_d85020912af6bb05b9a042490b6152f8,
  "@payloadcms/richtext-lexical/client#FixedToolbarFeatureClient": FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/campaign/ArticleCampaign.tsx#ArticleCampaign": ArticleCampaign_f1a88e566bd47dbe58ff824c60f7d2ab,
  "/admin/preflight/PreflightPanel.tsx#PreflightPanel": PreflightPanel_6d88628218798ab67e8d237ef488fde0,
  "/admin/look/MailLook.tsx#MailLook": MailLook_6157f3d431ac52067f510634c131e5e2,
  "@payloadcms/next/client#SlugField": SlugField_2b8867833a34864a02ddf429b0728a40,
  "/admin/saving/Presence.tsx#Presence": Presence_08c4c9cd03b5d0554b2fd0fcf2bcef0b,
  "/admin/look/LookBeside.tsx#LookBeside": LookBeside_da7e87f85e04339c14d75a0f2fe0b168,
  "/admin/campaign/PublishForecast.tsx#PublishForecast": PublishForecast_db5345856885f29c33027ab1f80e49fd,
  "/admin/saving/buttons.tsx#PublishButton": PublishButton_890f574383b69f30768c23f9e7dc909e,
  "/admin/saving/buttons.tsx#SaveDraftButton": SaveDraftButton_890f574383b69f30768c23f9e7dc909e,
  "/admin/campaign/CampaignControl.tsx#CampaignControl": CampaignControl_810e3d25a6ff2971f26726afb654ba6d,
  "/admin/person/PersonActions.tsx#PersonActions": PersonActions_9095d8dbfef2b89a5009b38b19d44501,
  "/admin/parts/ShownAddress.tsx#AddressCell": AddressCell_0ae4b42026a97820c3d12ad4aff55117,
  "/admin/parts/ShownAddress.tsx#AddressBelow": AddressBelow_0ae4b42026a97820c3d12ad4aff55117,
  "/admin/parts/QuietCell.tsx#QuietCell": QuietCell_42ab6854455a49ee22e2d4bc26b614c9,
  "/admin/person/Timeline.tsx#Timeline": Timeline_8065324311365a041a9de2366ef2f689,
  "/admin/import/ImportLink.tsx#ImportLink": ImportLink_d600bc34196ccf5e173fe7587e7ca125,
  "/admin/suppressions/LiftControl.tsx#LiftControl": LiftControl_9f6581421c860073f15fb8535368ced2,
  "/admin/suppressions/SuppressionForms.tsx#SuppressionForms": SuppressionForms_853c134a04c952708091adc5714e5610,
  "/admin/contact/ContactAnswer.tsx#ContactAnswer": ContactAnswer_74fe9727a721c873628ca7ce75a2e306,
  "/admin/users/CurrentPasswordField.tsx#CurrentPasswordField": CurrentPasswordField_d5181ab17a4325caabee0a27889f7d62,
  "/admin/users/SetupCodeField.tsx#SetupCodeField": SetupCodeField_11de846961994b6574190f262e0c9b7e,
  "/admin/transactional/MailControl.tsx#MailControl": MailControl_afc6a8c0a11ca1f91130a587acf4afa4,
  "/admin/plans/PlanControl.tsx#PlanControl": PlanControl_9e81e729a551bc66284732249f685d27,
  "/admin/plans/DueCell.tsx#DueCell": DueCell_27990c019061fedcff95df8d20e6b544,
  "/admin/canary/CanaryNote.tsx#CanaryNote": CanaryNote_c393245c50a730340cac004c30fbc155,
  "/admin/look/TestLetters.tsx#TestLetters": TestLetters_b2b0b0abec6b7760fe2fde3ad3bad685,
  "/admin/hold/HoldBanner.tsx#HoldBanner": HoldBanner_530c1428f93a38997a2832b34042c439,
  "/admin/worker/WorkerBanner.tsx#WorkerBanner": WorkerBanner_5bd29b21491fa35a92e9c6d7223f2b35,
  "/admin/branding/Icon.tsx#Icon": Icon_322333f5a20270dec8fdb7f759dcdf2f,
  "/admin/branding/Logo.tsx#Logo": Logo_2800df609857adff31e4e775c17701e0,
  "/admin/import/ImportNavLink.tsx#ImportNavLink": ImportNavLink_c2d695b2c8e0687bfadd46f8e721b947,
  "/admin/outbox/OutboxNavLink.tsx#OutboxNavLink": OutboxNavLink_c0f5e8d028d284af5ed708cfdba3c944,
  "/admin/users/FirstUserForm.tsx#FirstUserForm": FirstUserForm_eb4eb957cae82d55f98bfc535f8f2575,
  "/admin/refusals/WholeMessages.tsx#WholeMessages": WholeMessages_1f5deeb06908f73286eb4b5078218645,
  "/admin/saving/SaveWatch.tsx#SaveWatch": SaveWatch_db52e66e7563f38590296ceebd63dff4,
  "/admin/saving/NewestState.tsx#NewestState": NewestState_cf9421ae5f3b9ab78f39b20961ab099a,
  "/admin/desk/DeskView.tsx#DeskView": DeskView_62e5e4e923342a18bedde8e76b972958,
  "/admin/outbox/OutboxView.tsx#OutboxView": OutboxView_404728b8dd9cadd3fec46f3ea2003011,
  "/admin/import/ImportView.tsx#ImportView": ImportView_cda3ef593b06cd4a563316dac0c7dc94,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
