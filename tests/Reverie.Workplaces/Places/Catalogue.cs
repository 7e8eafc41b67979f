namespace Reverie.Workplaces.Places;

internal static class Catalogue
{
    public static IReadOnlyList<Workplace> All { get; } = [Harbour.Place, Pharmacy.Place, Pipeline.Place, Station.Place, Ski.Place, LawFirm.Place, Bakery.Place, FilmArchive.Place,
        VetClinic.Place, Auction.Place, SignalBox.Place, Podcast.Place, TaxOffice.Place, Glassworks.Place,
        Seismology.Place, Subtitling.Place, GuildModeration.Place, BorderPost.Place, WindFarm.Place,
        Stenography.Place, BloodBank.Place, EsportsLeague.Place,
        Hotel.Place, Waterworks.Place, Theatre.Place, FishFarm.Place,
        Adjusting.Place, CrewRoster.Place, Registrar.Place, SparesDepot.Place,
        Voices.Ward, Voices.Salon, Voices.Counter, Voices.Studio];
}
