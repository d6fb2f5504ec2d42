using System.Threading.Channels;
using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Auth;

/// <summary>Makes links for forgotten passwords, one after the other, after the answer has gone: so that its time tells nothing.</summary>
internal sealed class Forgotten(People people, PasswordLinks links, IMediator mediator, ILogger<Forgotten> log) : BackgroundService
{
    private const int Longest = 1_000;

    private readonly Channel<(string Tenant, string Login, string Address)> asked =
        Channel.CreateBounded<(string, string, string)>(new BoundedChannelOptions(Longest) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask(string tenant, string login, string address) => asked.Writer.TryWrite((tenant, login, address));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (tenant, login, address) in asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await MakeAsync(tenant, login, address, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "A link for a forgotten password could not be made");
            }
        }
    }

    private async Task MakeAsync(string tenant, string login, string address, CancellationToken cancellation)
    {
        if (await people.FindByLoginAsync(tenant, login, cancellation) is not { Active: true, DeleteAfter: null } person
            || await links.TryMakeAsync(person, cancellation) is not ({ } secret, var expiresAt))
            return;
        await mediator.Publish(new PasswordForgotten(tenant, person.Id, person.Login, $"{address}{NewPasswordPage.Path}?token={secret}", expiresAt)
        {
            FirstName = person.FirstName,
            Email = person.Email,
            Phone = person.Phone,
        }, cancellation);
    }
}
