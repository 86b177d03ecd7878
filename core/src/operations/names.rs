// Generated from core/schema/operations.toml by `cargo xtask generate`; do not edit.

/// Names of operations, parameters and fields, those with a capital.
pub(super) static NAMES: &str = "\
    AccessKeyId AccessKeySecret AddFaceRecord AddressCompareIntl AddressInfo AddressType AddressVerifyIntl \
    AddressVerifyV2Intl AppQualityCheck Authorize AutoDocPageConfig AutoRegistration BankCard BankMetaVerifyIntl \
    BirthDate BizCode BizId BizType BucketName CallbackToken CallbackUrl CardOcr CardSide CertifyId \
    ChameleonFrameEnable CheckResult CheckRuleConfig CheckVerifyLog ClientCfg Code CompareModel CredName CredType \
    CredentialGetResultIntl CredentialOcrPictureBase64 CredentialOcrPictureFile CredentialOcrPictureUrl \
    CredentialRecognitionIntl CredentialRecognitionIntlV2 CredentialSubmitIntl CredentialSubmitIntlV2 \
    CredentialVerifyIntl Crop CurrentPage Data DateOfBirth DateOfExpiry DeepfakeDetectIntl DeepfakeDetectIntlStream \
    DefaultCity DefaultCountry DefaultDistrict DefaultProvince DeleteAfterQuery DeleteFaceGroup DeleteFaceRecord \
    DeleteFaceRecordV2 DeleteResult DeleteType DeleteVerifyResult Deleted DeletedGroupCodes Description Detail \
    DeviceToken DocName DocNo DocOcr DocOcrMax DocOcrMaxV2 DocOcrV2 DocPage DocPageConfig DocScanMode DocType \
    DocVideo DocumentNumber DownloadMode DownloadTaskId DownloadVerifyRecordIntl DuplicateFace EditOcrResult \
    EkycResult EkycVerify EkycVerifyV2 Email ExperienceCode ExtBasicInfo ExtCardInfo ExtFaceInfo ExtIdInfo ExtInfo \
    ExtParams ExtRiskInfo ExtSourceInfo ExtraImageControlList FaceAge FaceAttack FaceAttackScore FaceAttributeCheck \
    FaceAttributeInfo FaceBase64 FaceCompare FaceCompareV2 FaceComparisonScore FaceComparisonScoreA2B \
    FaceComparisonScoreB2C FaceComparisonScoreC2A FaceCrossCompareIntl FaceDuplicationCheckIntl FaceFile FaceGender \
    FaceGroupCode FaceGroupCodes FaceGuardRisk FaceId FaceInputType FaceLiveness FaceLivenessV2 FacePassed \
    FacePicture FacePictureBase64 FacePictureFile FacePictureQualityCheck FacePictureUrl FaceQuality FaceQualityCheck \
    FaceQualityScore FaceRegisterGroupCode FaceRegistrationId FaceRegistrationResult FaceUrl FaceVerifyIntl \
    FaceVerifyThreshold FileInputType FileNamePrefix FraudCheck FraudResultCallBack FullName GmtCreate GroupCode \
    GuardRiskScore Id Id2MetaPeriodVerifyIntl Id2MetaVerifyIntl IdFaceQuality IdNumber IdOcrPictureBase64 \
    IdOcrPictureFile IdOcrPictureUrl IdQuality IdSpoof IdThreshold IdentifyNum IdentityType IdnAuthorityVerifyIntl \
    IlluminationScore ImageFile ImageUrl ImgOssInfos ImgOssUrl Initialize InitializeV2 InterruptPage InterruptPageEn \
    IsReturnImage IspName Items KaOcclusionScore KeepaliveIntl LanguageConfig Latitude Liveness LogInfo LogInfoEn \
    LogStatisticsInfo Longitude MRTDInput MaterialInfo MaxResults MerchantBizId MerchantUserId Message MetaInfo \
    Mobile Mobile2MetaVerifyIntl Mobile3MetaVerifyIntl Model ModifyFaceGroup ModifyFaceRecord Name NeedMultiFaceCheck \
    NextToken ObjectName Occlusion OcclusionResult OcclusionScore Ocr OcrArea OcrModel OcrTranslation \
    OcrValueStandard OssEndPoint PageSize Pages Param ParamType Passed ProcedurePriority ProductCode ProductFlow \
    ProductType Prompt Protocol QueryFaceGroup QueryFaceRecord RegCountry RegistrationType RequestId Result \
    ResultCode ResultObject ReturnFaces ReturnFiveCategorySpoofResult ReturnUrl RiskExtends RiskScore RiskTag \
    RiskTags SaveFacePicture SceneCode SecurityLevel SecurityToken SharpnessScore ShowAlbumIcon ShowGuidePage \
    ShowOcrResult SourceAFacePicture SourceAFacePictureUrl SourceBFacePicture SourceBFacePictureUrl \
    SourceCFacePicture SourceCFacePictureUrl SourceFacePicture SourceFacePictureFile SourceFacePictureUrl Spoof \
    Status StyleConfig SubCode Success TargetFacePicture TargetFacePictureFile TargetFacePictureUrl \
    TargetFaceQualityScore TargetIlluminationScore TargetKaOcclusionScore TargetOcclusionScore TargetSharpnessScore \
    TempAccessTokenIntl TempOssUrlIntl TemplateConfig TemplateRanCount TemplateType Text Text1 Text2 Timestamp \
    TotalCount TotalPage TransactionId TransactionUrl Type UpdateFaceIfUserExists Url UseNFC UserName ValidityEndDate \
    ValidityStartDate VerifyDeployEnv VerifyErrorCode VerifyMode VerifyModel VerifyStatus VerifyType ";
