/// A kind of document. The first seven are spelled in camelCase, the others, named by their code, in `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Document {
    Passport,
    HongKongId,
    MacaoId,
    ExitEntryPermit,
    MainlandTravelPermit,
    TaiwanTravelPermit,
    MainlandId,
    Glb03002,
    Glb03001,
    Chn01001,
    Chn02001,
}
